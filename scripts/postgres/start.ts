import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Exit } from '@/scripts/stack/children'
import { locateBinaries } from './binaries'
import { connectionUrl, ensureDatabase, untilAnswering } from './connect'
import { ensureCluster } from './initdb'
import { type Launched, launch } from './launch'
import { findPostmaster } from './pid-file'
import { chooseRunAs } from './run-as'

export type Postgres = {
  url: string
  port: number
  /** True when the server was running already: it is another's, and `stop` leaves it alone. */
  joined: boolean
  /** Resolves when our own server ends, asked to or not; never for one that was joined. */
  exited: Promise<Exit>
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL that keeps its data in `dir`, or joins the one that runs there.
 * @param options.port where to begin looking for a free port; 0 for any. The answer's `port` is the one it got.
 * @param options.settings of the server, such as how much memory it takes
 * @param options.durable false trades safety against power loss for speed: for data that tests throw away
 * @throws with the end of the server's log when it does not answer within a minute
 */
export async function startPostgres(options: {
  dir: string
  port?: number
  durable?: boolean
  settings?: Readonly<Record<string, string>>
}): Promise<Postgres> {
  const dir = ensureOwnDirectory(options.dir)
  const runAs = chooseRunAs(dir, locateBinaries())
  const { data, password } = await ensureCluster(runAs)
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline) {
    const running = await findPostmaster(data)
    if (running?.ready) return join(connectionUrl(running.port, password), running.port)
    // Another process's server is starting or stopping; either ends soon.
    if (running) await wait(50)
    else {
      const launched = await launch({ runAs, data, deadline, ...LAUNCH_DEFAULTS, ...options })
      if (launched) return owned(launched, password)
    }
  }
  throw new Error(`PostgreSQL in ${dir} was still starting or stopping after ${START_MS / 1000} s.`)
}

// Start takes half a second; the rest is for crash recovery on a slow disk.
const START_MS = 60_000

// One above PostgreSQL's own 5432 with room below: rarely taken, so the URL stays the same from run to run.
const LAUNCH_DEFAULTS = { port: 54_329, durable: true }

function ensureOwnDirectory(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw new Error(
      `${path} belongs to another user (was this run as root before?). Delete it as that user, or set DATABASE_URL.`,
    )
  }
  return realpathSync(path)
}

async function join(url: string, port: number): Promise<Postgres> {
  await untilAnswering(url)
  return { url, port, joined: true, exited: new Promise(() => {}), stop: async () => {} }
}

async function owned(launched: Launched, password: string): Promise<Postgres> {
  try {
    await ensureDatabase(launched.port, password)
    return { ...launched, url: connectionUrl(launched.port, password), joined: false }
  } catch (error) {
    await launched.stop()
    throw error
  }
}

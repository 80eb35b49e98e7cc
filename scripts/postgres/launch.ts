import { closeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Child, type Exit, startChild } from '@/scripts/stack/children'
import { type LogFile, logFile } from '@/scripts/stack/log-file'
import { freePort } from '@/scripts/stack/ports'
import { findPostmaster } from './pid-file'
import type { RunAs } from './run-as'

export type Launched = { port: number; exited: Promise<Exit>; stop(): Promise<void> }

type LaunchOptions = {
  runAs: RunAs
  data: string
  port: number
  durable: boolean
  /** Of the server, beside what every one of ours has. */
  settings?: Readonly<Record<string, string>>
  /** Milliseconds since the epoch. */
  deadline: number
}

/**
 * Starts the server and waits until it takes connections. Null when it could not have the
 * directory or the port just now: look again which process has it.
 */
export async function launch(options: LaunchOptions): Promise<Launched | null> {
  const { runAs, data, deadline } = options
  const port = await freePort(options.port)
  const log = logFile(join(runAs.home, 'server.log'))
  const child = spawnServer(options, port, log)
  for (;;) {
    if (child.gone) return judgeExit(child, log)
    const found = await findPostmaster(data)
    if (found?.pid === child.pid && found.ready) {
      return { port, exited: child.exited, stop: () => child.stop() }
    }
    if (Date.now() > deadline) {
      await child.stop()
      throw new Error(`PostgreSQL did not become ready in time. Its log ends:\n${log.tail()}`)
    }
    await wait(20)
  }
}

function spawnServer(
  { runAs, data, durable, settings: more }: LaunchOptions,
  port: number,
  log: LogFile,
): Child {
  const server = join(runAs.native, 'bin', 'postgres')
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...more,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [file, ...args] = [...runAs.prefix, server, '-D', data, ...flags]
  const output = log.open()
  try {
    // SIGINT is PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
    return startChild({
      command: [file ?? server, ...args],
      cwd: runAs.home,
      output,
      stopSignal: 'SIGINT',
      graceMs: 15_000,
      identity: runAs.identity,
    })
  } finally {
    closeSync(output)
  }
}

function judgeExit(child: Child, log: LogFile): Promise<null> {
  const tail = log.tail()
  // Another start was quicker with the directory or the port, or a dead server's memory is still held.
  const passing = /lock file .* already exists|could not bind|pre-existing shared memory block/
  if (passing.test(tail)) return wait(100, null)
  return child.exited.then(() => {
    throw new Error(`PostgreSQL did not start. Its log ends:\n${tail || '(nothing was written)'}`)
  })
}

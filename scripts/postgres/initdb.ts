import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { commandOf } from '@/scripts/stack/process-table'
import { POSTGRES_MAJOR } from './binaries'
import type { RunAs } from './run-as'

/** The one role of the cluster, which is also its superuser: the cluster serves one checkout. */
export const ROLE = 'ledgerline'

/**
 * Makes the cluster unless it stands, and returns its data directory and password. A cluster
 * appears by a rename, so that one that was interrupted while it was made is never opened.
 */
export async function ensureCluster(runAs: RunAs): Promise<{ data: string; password: string }> {
  const data = join(runAs.home, 'data')
  const password = ensurePassword(runAs)
  if (!existsSync(join(data, 'PG_VERSION'))) await createCluster(runAs, data)
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (version === POSTGRES_MAJOR) return { data, password }
  throw new Error(
    `${data} was made by PostgreSQL ${version} and these binaries are ${POSTGRES_MAJOR}. Delete ${runAs.home} to start over, or set DATABASE_URL.`,
  )
}

async function createCluster(runAs: RunAs, data: string) {
  removeUnfinished(runAs.home)
  const fresh = `${data}.${process.pid}.${randomBytes(4).toString('hex')}.new`
  const [file, ...args] = [
    ...runAs.prefix,
    join(runAs.native, 'bin', 'initdb'),
    ...['--pgdata', fresh, '--username', ROLE, '--pwfile', passwordFile(runAs)],
    // The built-in locale sorts the same on every machine; the system's do not.
    // Rounds make a word that people can guess harder to guess. Ours is random, and each connection pays for them.
    ...['--auth=scram-sha-256', '--set=scram_iterations=1', '--encoding=UTF8', '--no-locale'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--set=timezone=UTC'],
  ]
  if (file === undefined) return
  try {
    // Half a second on an ordinary disk; a minute covers the slowest we have met.
    await promisify(execFile)(file, args, { cwd: runAs.home, timeout: 60_000, ...runAs.identity })
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? `\n${cause.stderr}` : ''
    throw new Error(`The database could not be created in ${runAs.home}. ${NEEDS}${said}`, {
      cause,
    })
  }
  try {
    renameSync(fresh, data)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    // Another start was quicker: its cluster is as good as ours.
    if (!existsSync(join(data, 'PG_VERSION'))) throw error
  }
}

const NEEDS =
  'The embedded PostgreSQL needs glibc (not Alpine) and a folder it may write to; else set DATABASE_URL.'

function removeUnfinished(home: string) {
  for (const name of readdirSync(home)) {
    const pid = /^data\.(\d+)\.\w+\.new$/.exec(name)?.[1]
    if (pid === undefined || commandOf(Number(pid)) !== null) continue
    rmSync(join(home, name), { recursive: true, force: true })
  }
}

function ensurePassword(runAs: RunAs): string {
  const file = passwordFile(runAs)
  if (!existsSync(file)) {
    if (existsSync(join(runAs.home, 'data', 'PG_VERSION'))) {
      throw new Error(`${file} is gone, and the database opens with it only. Delete ${runAs.home}.`)
    }
    const password = randomBytes(24).toString('base64url')
    const draft = `${file}.${password.slice(0, 8)}`
    writeFileSync(draft, `${password}\n`, { mode: 0o600 })
    if (runAs.identity) chownSync(draft, runAs.identity.uid, runAs.identity.gid)
    appear(draft, file)
  }
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8').trim()
}

/** A link appears whole or not at all, and never replaces that of a start beside us. */
function appear(draft: string, file: string) {
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  }
  rmSync(draft)
}

function passwordFile({ home }: RunAs): string {
  return join(home, 'password')
}

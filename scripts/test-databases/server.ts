import { rmSync } from 'node:fs'
import { type Postgres, startPostgres } from '@/scripts/postgres/start'
import { dataPath } from '@/scripts/stack/paths'
import { memoryFolder } from './memory'

export type TestServer = {
  url: string
  /** False when it was given: then what we did not make ourselves stays untouched. */
  ours: boolean
  stop(): Promise<void>
}

/**
 * A PostgreSQL for one test run: the one of DATABASE_URL when that is set, else an embedded one
 * that no other run uses, so that two runs in one checkout never stop each other's server.
 */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env.DATABASE_URL?.trim()
  if (given) return { url: given, ours: false, stop: async () => {} }
  const server = (await startInMemory()) ?? (await startOnDisk())
  return { ...server, ours: true }
}

/** Null where it cannot be: memory is quicker, and the disk does as well. */
async function startInMemory(): Promise<Pick<Postgres, 'url' | 'stop'> | null> {
  const dir = memoryFolder()
  if (dir === null) return null
  const remove = () => rmSync(dir, { recursive: true, force: true })
  // A run that is interrupted stops nothing itself, and memory is dear.
  process.once('exit', remove)
  try {
    const { url, stop } = await startPostgres({ ...OPTIONS, dir, settings: SMALL_LOG })
    return { url, stop: () => stop().finally(remove) }
  } catch {
    remove()
    return null
  }
}

async function startOnDisk(): Promise<Postgres> {
  for (let slot = 0; slot < SLOTS; slot++) {
    const dir = dataPath('test-postgres', String(slot))
    const server = await startPostgres({ ...OPTIONS, dir })
    if (!server.joined) return server
  }
  throw new Error(`${SLOTS} test runs are using a database already. Wait for one to end.`)
}

const OPTIONS = { port: 0, durable: false }

// The log of changes takes up to a gigabyte otherwise, before it is used again.
const SMALL_LOG = { min_wal_size: '32MB', max_wal_size: '128MB' }

// A run per core of a large machine; each costs 40 MB of disk when it is first needed.
const SLOTS = 16

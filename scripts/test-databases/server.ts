import { startPostgres } from '@/scripts/postgres/start'
import { dataPath } from '@/scripts/stack/paths'

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
  for (let slot = 0; slot < SLOTS; slot++) {
    const dir = dataPath('test-postgres', String(slot))
    const server = await startPostgres({ dir, port: 0, durable: false })
    if (!server.joined) return { ...server, ours: true }
  }
  throw new Error(`${SLOTS} test runs are using a database already. Wait for one to end.`)
}

// A run per core of a large machine; each costs 40 MB of disk when it is first needed.
const SLOTS = 16

import { type PoolerKind, startPooler } from '@/scripts/faults/pooler'

/**
 * The application's Postgres behind a pooler that forgets everything between two transactions. Call
 * it before anything reads the environment, which happens once.
 */
export async function behindPooler(options: { kind?: PoolerKind; size?: number } = {}) {
  const url = new URL(process.env.DATABASE_URL ?? '')
  const direct = url.href
  const pooler = await startPooler(direct, options)
  url.host = `127.0.0.1:${pooler.port}`
  process.env.DATABASE_URL = url.href
  return { ...pooler, direct }
}

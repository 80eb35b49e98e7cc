import { startForgetfulPostgres } from '@/scripts/faults/forgetful-postgres'

/**
 * The application's Postgres behind a pooler that forgets everything between two transactions. Call
 * it before anything reads the environment, which happens once.
 */
export async function behindPooler() {
  const url = new URL(process.env.DATABASE_URL ?? '')
  const pooler = await startForgetfulPostgres(Number(url.port || 5432), url.hostname)
  url.host = `127.0.0.1:${pooler.port}`
  process.env.DATABASE_URL = url.href
  return pooler
}

import { createHash, randomUUID } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'
import type postgres from 'postgres'
import type { Person } from '@/e2e/stack/subscriptions'

/** Signs the same person in again, without the mail and the clicks. */
export async function signedInAs(
  { id }: Person,
  context: BrowserContext,
  sql: postgres.Sql,
  base: string,
): Promise<void> {
  const token = randomUUID()
  const hash = createHash('sha256').update(token).digest('hex')
  await sql`insert into sessions (token_hash, user_id, expires)
    values (${hash}, ${id}, ${new Date(Date.now() + 86_400_000)})`
  await context.addCookies([{ name: 'authjs.session-token', value: token, url: base }])
}

import type { Ask } from './read'

// better-auth/better-auth, packages/stripe/src/schema.ts at 00a4a29 and packages/core/src/db/schema/user.ts at
// 15afe87: `user` (email, emailVerified, name, stripeCustomerId), `subscription` (referenceId is the id of a user
// or of an organization, stripeCustomerId), and with its plugin `organization` (stripeCustomerId) and `member`.
// Its adapters spell columns as their users like, so rows are taken whole and either spelling is read.
const there = (sql: Ask) => sql`select table_name::text as name from information_schema.tables
  where table_schema = any(current_schemas(false))`
const rowsOf = (sql: Ask, table: string) =>
  sql`select to_jsonb(t) as row from ${sql(table)} t order by t.id`

/** What stands in a database of better-auth with its Stripe plugin, unparsed. */
export async function readBetterAuth(sql: Ask) {
  const names = new Set((await there(sql)).map(({ name }): unknown => name))
  const all = async (table: string) => (await rowsOf(sql, table)).map(({ row }): unknown => row)
  const rows = async (table: string) => (names.has(table) ? all(table) : [])
  return {
    users: await all('user'),
    subscriptions: await rows('subscription'),
    organizations: await rows('organization'),
    members: await rows('member'),
  }
}

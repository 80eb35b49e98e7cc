import type { Ask } from './read'

// better-auth/better-auth, packages/stripe/src/schema.ts at 00a4a29 and packages/core/src/db/schema/user.ts at
// 15afe87: `user` (email, emailVerified, name, stripeCustomerId), `subscription` (referenceId is the id of a user
// or of an organization, stripeCustomerId), and with its plugin `organization` (stripeCustomerId) and `member`.
// Its adapters spell columns as their users like, so rows are taken whole and either spelling is read.
const THERE = `select table_name::text as name from information_schema.tables
  where table_schema = any(current_schemas(false))`
const rowsOf = (table: string) => `select to_jsonb(t) as row from "${table}" t order by t.id`

/** What stands in a database of better-auth with its Stripe plugin, unparsed. */
export async function readBetterAuth(ask: Ask) {
  const there = JSON.stringify(await ask(THERE))
  const all = async (table: string) =>
    (await ask(rowsOf(table))).map((each) =>
      each instanceof Object && 'row' in each ? each.row : each,
    )
  const rows = async (table: string) => (there.includes(`"${table}"`) ? all(table) : [])
  return {
    users: await all('user'),
    subscriptions: await rows('subscription'),
    organizations: await rows('organization'),
    members: await rows('member'),
  }
}

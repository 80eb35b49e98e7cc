import type { Ask } from './read'

// nextjs/saas-starter, lib/db/schema.ts at 051015d: serial ids, `users.deleted_at` of those who left,
// `teams.stripe_customer_id`, and `team_members.role` (`owner` for who made the team). No address is ever
// verified there. `users.password_hash` is not read.
const users = (sql: Ask) =>
  sql`select id::text as id, email, name, deleted_at is not null as deleted from users order by id`
const teams = (sql: Ask) => sql`select id::text as id, stripe_customer_id as customer from teams
  where stripe_customer_id is not null order by id`
const owners = (
  sql: Ask,
) => sql`select team_id::text as group, user_id::text as user from team_members
  where role = 'owner' order by id`

/** What stands in a database of nextjs/saas-starter, unparsed. */
export async function readSaasStarter(
  sql: Ask,
): Promise<Record<'users' | 'groups' | 'owners', unknown[]>> {
  return { users: await users(sql), groups: await teams(sql), owners: await owners(sql) }
}

import { z } from 'zod'
import type { readSaasStarter } from '@/db/former/saas-starter'
import { formerOf, type Rows } from './former-of'

const User = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  deleted: z.boolean(),
})
const Team = z.object({ id: z.string(), customer: z.string() })
const Owner = z.object({ group: z.string(), user: z.string() })

/** Whose customers they are by the tables of nextjs/saas-starter: a team's are its owner's. Pure. */
export function fromSaasStarter(read: Awaited<ReturnType<typeof readSaasStarter>>) {
  return formerOf((rows: Rows) => {
    const owners = new Map<string, string[]>()
    for (const { group, user } of rows.parse('team_members', read.owners, Owner))
      owners.set(group, [...(owners.get(group) ?? []), user])
    return {
      // Who left owns nothing any more.
      users: rows
        .parse('users', read.users, User)
        .filter(({ deleted }) => !deleted)
        .map((user) => ({ ...user, table: 'users', verified: false })),
      customers: rows.parse('teams', read.groups, Team).map(({ id, customer }) => ({
        ...{ table: 'teams', id, customer },
        users: owners.get(id) ?? [],
      })),
    }
  })
}

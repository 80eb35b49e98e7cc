import { z } from 'zod'
import type { readBetterAuth } from '@/db/former/better-auth'
import { formerOf, type Rows } from './former-of'

const text = z.string().nullish()
const id = z.union([z.string(), z.number()]).transform(String)

const User = z
  .object({
    ...{ id, email: z.string(), name: text },
    ...{ emailVerified: z.unknown().optional(), email_verified: z.unknown().optional() },
    ...{ stripeCustomerId: text, stripe_customer_id: text },
  })
  .transform(
    ({ stripeCustomerId, stripe_customer_id, emailVerified, email_verified, ...user }) => ({
      ...user,
      customer: stripeCustomerId ?? stripe_customer_id ?? null,
      // An adapter may have made it a time, or text: only a plain yes is one.
      verified: (emailVerified ?? email_verified) === true,
    }),
  )
const Subscription = z
  .object({
    ...{ id, referenceId: id.nullish(), reference_id: id.nullish() },
    ...{ stripeCustomerId: text, stripe_customer_id: text },
  })
  .transform((row) => ({
    id: row.id,
    owner: row.referenceId ?? row.reference_id ?? null,
    customer: row.stripeCustomerId ?? row.stripe_customer_id ?? null,
  }))
const Organization = z
  .object({ id, stripeCustomerId: text, stripe_customer_id: text })
  .transform((row) => ({
    id: row.id,
    customer: row.stripeCustomerId ?? row.stripe_customer_id ?? null,
  }))
const Member = z
  .object({
    ...{ id, role: z.string() },
    ...{ organizationId: id.nullish(), organization_id: id.nullish() },
    ...{ userId: id.nullish(), user_id: id.nullish() },
  })
  .transform((row) => ({
    // Several roles stand in one text.
    owns: row.role.split(',').some((role) => role.trim() === 'owner'),
    organization: row.organizationId ?? row.organization_id ?? null,
    user: row.userId ?? row.user_id ?? null,
  }))

/** Whose customers they are by the tables of better-auth: an organization's are its owner's. Pure. */
export function fromBetterAuth(read: Awaited<ReturnType<typeof readBetterAuth>>) {
  return formerOf((rows: Rows) => {
    const users = rows.parse('user', read.users, User)
    const owners = new Map<string, string[]>(users.map((user) => [user.id, [user.id]]))
    for (const { owns, organization, user } of rows.parse('member', read.members, Member))
      if (owns && organization && user)
        owners.set(organization, [...(owners.get(organization) ?? []), user])
    const named = [
      ...users.map((each) => ({ ...each, table: 'user', owner: each.id })),
      ...rows
        .parse('organization', read.organizations, Organization)
        .map((each) => ({ ...each, table: 'organization', owner: each.id })),
      ...rows
        .parse('subscription', read.subscriptions, Subscription)
        .map((each) => ({ ...each, table: 'subscription' })),
    ]
    return {
      users: users.map((user) => ({ ...user, name: user.name ?? null, table: 'user' })),
      customers: named.flatMap(({ table, id, customer, owner }) =>
        customer ? [{ table, id, customer, users: owners.get(owner ?? '') ?? [] }] : [],
      ),
    }
  })
}

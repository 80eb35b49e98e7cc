import type { z } from 'zod'
import { vouchedEmail } from '@/lib/auth/vouched-email'
import { type CustomerId, isCustomerId } from '@/lib/ids'
import type { Former, FormerOwner } from './former'

export type Rows = {
  /** The rows that make sense; of the others is noted which. */
  parse<T>(table: string, rows: readonly unknown[], schema: z.ZodType<T>): T[]
}

type Read = {
  users: { table: string; id: string; email: string; name: string | null; verified: boolean }[]
  /** `users`: the ids of those who own it. */
  customers: { table: string; id: string; customer: string; users: string[] }[]
}

/**
 * Makes one thing of the tables that an application had. A row that makes no sense is noted with its table
 * and id, and never with what stands in it.
 */
export function formerOf(read: (rows: Rows) => Read): Former {
  const bad: Former['bad'] = []
  const parse: Rows['parse'] = (table, rows, schema) =>
    rows.flatMap((row, at) => {
      const parsed = schema.safeParse(row)
      if (parsed.success) return [parsed.data]
      const fields = parsed.error.issues.map(({ path }) => path.at(-1) ?? 'row').join(', ')
      bad.push({ table, id: idOf(row) ?? `row ${at + 1}`, why: `does not make sense: ${fields}` })
      return []
    })
  const { users: found, customers } = read({ parse })

  const users = new Map<string, FormerOwner>()
  for (const { table, id, email, name, verified } of found) {
    const spelled = vouchedEmail(email)
    if (spelled) users.set(id, { email: spelled, name, verified })
    else bad.push({ table, id, why: 'has an address that cannot be written to' })
  }
  const owners = new Map<CustomerId, FormerOwner[]>()
  for (const { table, id, customer, users: ids } of customers) {
    if (!isCustomerId(customer)) {
      bad.push({ table, id, why: 'names a customer that is none of Stripe’s' })
      continue
    }
    const known = ids.flatMap((each) => users.get(each) ?? [])
    if (known.length === 0) bad.push({ table, id, why: 'has a customer and no owner' })
    const before = owners.get(customer) ?? []
    const others = known.filter(({ email }) => !before.some((each) => each.email === email))
    if (known.length > 0) owners.set(customer, [...before, ...others])
  }
  return { owners, users, bad }
}

function idOf(row: unknown): string | null {
  const id = row instanceof Object && 'id' in row ? row.id : null
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}

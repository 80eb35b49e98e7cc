import { audienceOf } from '@/lib/events/notifications'
import type { MemoryTables } from '@/tests/simulation/memory-tables'
import type { StripeModel } from '@/tests/simulation/stripe-model'

/**
 * Each fact that somebody must hear of is written about once; a debt that was paid meanwhile, or of
 * somebody whom we do not know, at most once.
 */
export function emailed(stripeModels: StripeModel[], tables: MemoryTables): string[] {
  const emails = new Map<unknown, number>()
  const wrong: string[] = []
  for (const { key, kind, payload, deliveredAt } of tables.outbox.values()) {
    if (kind === 'mail') {
      const fact = `${payload.notification}`.split('#')[0]
      emails.set(fact, (emails.get(fact) ?? 0) + 1)
    } else if (kind === 'notification' && deliveredAt === null)
      wrong.push(`${key} still waits to be written.`)
  }
  // Who is a stranger when the email is due is not written to, and becomes known too late for it.
  const open = new Set(
    stripeModels.flatMap((stripeModel) => (stripeModel.namedLate ? [] : [...stripeModel.open])),
  )
  for (const { key, kind, objectId, customerId } of tables.facts) {
    const audience = audienceOf(kind)
    if (!audience) continue
    const written = emails.get(`notification:${key}`) ?? 0
    const known = tables.customer(customerId ?? '')?.workspaceId
    const due = audience === 'operator' || (open.has(objectId) && known)
    if (written > 1) wrong.push(`${key} was written about ${written} times.`)
    if (written === 0 && due) wrong.push(`Nobody was written to about ${key}.`)
  }
  return wrong
}

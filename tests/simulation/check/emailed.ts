import { audienceOf, notificationKey } from '@/lib/events/notifications'
import type { MemoryTables } from '@/tests/simulation/memory-tables'
import type { StripeModel } from '@/tests/simulation/stripe-model'

/**
 * Each fact that needs an email gets one; a debt that was paid meanwhile, or of a customer
 * whom we do not know, at most one.
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
  // A customer who is unknown when the email is due gets none, and becomes known too late for it.
  const open = new Set(
    stripeModels.flatMap((stripeModel) => (stripeModel.namedLate ? [] : [...stripeModel.open])),
  )
  for (const { key, kind, objectId, customerId } of tables.facts) {
    const audience = audienceOf(kind)
    if (!audience) continue
    const written = emails.get(notificationKey({ key, kind })) ?? 0
    const known = tables.customer(customerId ?? '')?.workspaceId
    const due = audience === 'operator' || (open.has(objectId) && known)
    if (written > 1) wrong.push(`${key} was written about ${written} times.`)
    if (written === 0 && due) wrong.push(`No email was written about ${key}.`)
  }
  return wrong
}

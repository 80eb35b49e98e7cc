import type { MemoryTables } from '@/tests/simulation/memory-tables'
import type { StripeModel } from '@/tests/simulation/stripe-model'

/**
 * Whatever a subscription of ours leaves unpaid at its end is closed: each end has one task in the
 * outbox. There is none for a customer that was deleted before it was known: it had no workspace.
 */
export function collected(stripeModels: StripeModel[], tables: MemoryTables): string[] {
  return stripeModels.flatMap((stripeModel) => {
    const ours = !stripeModel.deleted || tables.customer(stripeModel.customerId)?.workspaceId
    if (!ours) return []
    const keys = [...tables.outbox.keys()]
    const hasTask = (id: string) => keys.some((key) => key.startsWith(`${END}:${id}:`))
    return tables
      .subscriptionsOf(stripeModel.customerId)
      .filter(({ id, endedAt }) => endedAt && !hasTask(id))
      .map(({ id }) => `No task closes what ${id} left behind.`)
  })
}

const END = 'collect:subscription.end'

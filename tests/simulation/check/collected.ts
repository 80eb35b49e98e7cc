import type { MemoryTables } from '@/tests/simulation/memory-tables'
import type { StripeModel } from '@/tests/simulation/stripe-model'

/**
 * Whatever a subscription of ours leaves unpaid at its end is settled: each end has one task in the
 * outbox. Of a customer whom nobody knew before it was deleted there is none: that was nobody's.
 */
export function collected(stripeModels: StripeModel[], tables: MemoryTables): string[] {
  return stripeModels.flatMap((stripeModel) => {
    const ours = !stripeModel.deleted || tables.customer(stripeModel.customerId)?.workspaceId
    if (!ours) return []
    const keys = [...tables.outbox.keys()]
    const isSettled = (id: string) => keys.some((key) => key.startsWith(`${END}:${id}:`))
    return tables
      .subscriptionsOf(stripeModel.customerId)
      .filter(({ id, endedAt }) => endedAt && !isSettled(id))
      .map(({ id }) => `Nobody settles what ${id} left behind.`)
  })
}

const END = 'collect:subscription.end'

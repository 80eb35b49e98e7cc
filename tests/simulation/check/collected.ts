import type { MemoryTables } from '@/tests/simulation/memory-tables'
import type { Truth } from '@/tests/simulation/stripe-model'

/**
 * Whatever a subscription of ours leaves unpaid at its end is settled: each end has one task in the
 * outbox. Of a customer whom nobody knew before it was deleted there is none: that was nobody's.
 */
export function collected(truths: Truth[], tables: MemoryTables): string[] {
  return truths.flatMap((truth) => {
    const ours = !truth.deleted || tables.customer(truth.customerId)?.userId
    if (!ours) return []
    const keys = [...tables.effects.keys()]
    const isSettled = (id: string) => keys.some((key) => key.startsWith(`${END}:${id}:`))
    return tables
      .subscriptionsOf(truth.customerId)
      .filter(({ id, endedAt }) => endedAt && !isSettled(id))
      .map(({ id }) => `Nobody settles what ${id} left behind.`)
  })
}

const END = 'collect:subscription.end'

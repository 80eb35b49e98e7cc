import { mirrorOf } from '@/lib/sync/mirror'
import type { MemoryTables } from '@/tests/simulation/memory-tables'
import type { StripeModel } from '@/tests/simulation/stripe-model'
import { same } from './same'

/** Convergence: every subscription stands in the records as it stands at Stripe, and nothing else does. */
export function mirrored(stripeModel: StripeModel, tables: MemoryTables): string[] {
  const shown = new Map(stripeModel.subscriptions().map((each) => [each.id, each]))
  const rows = new Map(tables.subscriptionsOf(stripeModel.customerId).map((row) => [row.id, row]))
  const missing = [...shown.keys()].filter((id) => !rows.has(id))
  return [
    ...missing.map((id) => `${id} is not in the records.`),
    ...[...rows.values()].flatMap((row) => {
      const snapshot = shown.get(row.id)
      // What Stripe no longer shows went with its customer.
      if (!snapshot) return row.endedAt ? [] : [`${row.id} has not ended in the records.`]
      const { fence: _, syncedAt: __, ...is } = row
      return same(mirrorOf(snapshot, row, CONTEXT), is) ? [] : [`${row.id} is not as at Stripe.`]
    }),
  ]
}

// What is compared was past due already, so the instant at which that is noticed plays no part.
const CONTEXT = { prices: {}, now: new Date(0) }

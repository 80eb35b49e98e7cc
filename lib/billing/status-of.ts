import type { Billing } from './billing'

/** What `GET /api/billing/status` answers: Stripe's words, instants in ISO 8601, UTC. */
export type BillingStatus = {
  tier: string
  status: string
  current_period_end: string | null
  cancel_at_period_end: boolean
  cancel_at: string | null
  features: readonly string[]
  usage: { used: number; limit: number; resets_at: string }
}

/** A workspace's billing in the words of the public contract. Once a name stands here, it stays. */
export function statusOf(billing: Billing): BillingStatus {
  return {
    tier: billing.tier,
    status: billing.status,
    current_period_end: iso(billing.currentPeriodEnd),
    cancel_at_period_end: billing.cancelAtPeriodEnd,
    cancel_at: iso(billing.cancelAt),
    features: billing.features,
    usage: {
      used: billing.usage.used,
      limit: billing.usage.limit,
      resets_at: billing.usage.resetsAt.toISOString(),
    },
  }
}

function iso(instant: Date | null): string | null {
  return instant?.toISOString() ?? null
}

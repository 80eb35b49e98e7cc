import type { Billing } from '@/lib/billing/billing'
import { PLANS } from '@/lib/catalog/plans'
import { planName } from './plan-state'

/** What an open payment is for: the change that waits for it, or else the plan. */
export function openFor(billing: Billing): string {
  const coming = billing.next.kind === 'charge' ? billing.next.coming : null
  const tier = (coming?.kind === 'waits' ? coming.tier : null) ?? billing.waitsFor
  return tier ? `the change to ${PLANS[tier].name}` : planName(billing)
}

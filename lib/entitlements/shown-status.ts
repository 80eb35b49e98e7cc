import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import type { ShownStatus } from '@/lib/status'
import { accessOf, neverPaid, type PlanState } from './access'

/** What a customer sees of a subscription: Stripe's status, unless the money says otherwise. */
export function shownStatus(
  subscription: PlanState,
  now: Date,
  policy = ACCESS_POLICY,
): ShownStatus {
  const { status, owes, payment } = subscription
  const none = accessOf(subscription, now, policy) === 'none'
  const waits = status === 'active' && neverPaid(owes) && none
  if (!waits) return status
  // Given up: the debit came back, or an operator wrote the invoice off.
  return payment === 'void' || payment === 'uncollectible' ? 'unpaid' : 'processing'
}

import type { Change } from '@/db/queries/ledger'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { isUnstarted } from '@/lib/entitlements/unstarted'
import type { MirrorRow } from './mirror'

/** `outbox.kind` of a subscription to be ended at Stripe, because its first payment never arrived. */
export const CANCEL_UNSTARTED = 'cancel_unstarted'

/** What is to be ended at Stripe. One key a subscription: it ends once. */
export function cancellationsOf(
  rows: readonly MirrorRow[],
  { failedFirstPayment } = ACCESS_POLICY,
): Change['outbox'] {
  if (failedFirstPayment !== 'cancel') return []
  return rows.filter(isUnstarted).map(({ id, customerId }) => ({
    key: `cancel_unstarted:${id}`,
    kind: CANCEL_UNSTARTED,
    payload: { customerId, subscriptionId: id },
  }))
}

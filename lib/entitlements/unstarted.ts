import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import type { Payment } from '@/lib/payment'
import type { SubscriptionStatus } from '@/lib/status'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import { paymentOf } from './payment-of'

/** Whether it stands at Stripe as if it were paid, and the first payment has been given up. */
export function isUnstarted({
  status,
  owes,
  payment,
}: Pick<Payment, 'owes' | 'payment'> & { status: SubscriptionStatus | 'unknown' }): boolean {
  const open = status === 'active' || status === 'past_due' || status === 'unpaid'
  return open && owes === 'first' && (payment === 'void' || payment === 'uncollectible')
}

/** The same of a subscription as Stripe shows it. One for which money came after all is left to an operator. */
export function isUnstartedAtStripe({ status, invoices, trialEnd }: SubscriptionSnapshot): boolean {
  const { owes, payment } = paymentOf(
    { invoices, trialEnd, tierOfPrice: () => null },
    ACCESS_POLICY,
  )
  return isUnstarted({ status, owes, payment }) && !invoices.some(({ paid }) => paid > 0)
}

import { isMetered } from '@/sandbox/lifecycle/price/cost'
import { lineItemsOf } from '@/sandbox/objects/line-item'
import type { CheckoutTerms } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'

/** When the trial of a session that is paid now will end; null when it has none. */
export function trialEndOf({ subscription }: CheckoutTerms, now: number): number | null {
  if (subscription.trialEnd !== null) return subscription.trialEnd
  return subscription.trialDays === null ? null : now + subscription.trialDays * 86_400
}

/** What is to be paid now: nothing while a trial runs. Integer minor units. */
export function dueNow(tx: Tx, session: string): number {
  const trial = trialEndOf(tx.get('checkout_terms', session), tx.now) !== null
  // A trial makes free what recurs; what is paid once is paid now.
  return lineItemsOf(tx, session)
    .filter(({ price }) => !(price?.recurring && (trial || isMetered(price))))
    .reduce((sum, line) => sum + line.amount_total, 0)
}

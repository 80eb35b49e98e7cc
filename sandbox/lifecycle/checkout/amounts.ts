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
  if (trialEndOf(tx.get('checkout_terms', session), tx.now) !== null) return 0
  return lineItemsOf(tx, session).reduce((sum, line) => sum + line.amount_total, 0)
}

import { optionalId } from '@/sandbox/ids'
import { dueAfterBalance } from '@/sandbox/lifecycle/invoice/minimum-charge'
import { isMetered } from '@/sandbox/lifecycle/price/cost'
import { lineItemsOf } from '@/sandbox/objects/line-item'
import type { Tx } from '@/sandbox/store/transaction'
import { trialEndOf } from './trial-end'

/** What is to be paid now: nothing while a trial runs. Integer minor units. */
export function dueNow(tx: Tx, session: string): number {
  return billToday(tx, session).due
}

/**
 * What is billed now, in minor units. `balance`: what the customer's balance adds to it, credit
 * with a minus. `carried`: what is too little to be charged, and comes with the next invoice.
 */
export function billToday(
  tx: Tx,
  session: string,
): { due: number; balance: number; carried: number } {
  const { mode, customer, currency } = tx.get('checkout.session', session)
  const total = totalNow(tx, session)
  // Only invoices use a balance, and a single payment makes none.
  if (mode !== 'subscription') return { due: total, balance: 0, carried: 0 }
  const had = tx.find('customer', optionalId(customer) ?? '')?.balance ?? 0
  const { due, ending } = dueAfterBalance({ total, currency: currency ?? 'usd' }, had)
  const carried = Math.max(0, ending)
  return { due, balance: due + carried - total, carried }
}

function totalNow(tx: Tx, session: string): number {
  const trial = trialEndOf(tx.get('checkout_terms', session), tx.now) !== null
  // A trial makes free what recurs; what is paid once is paid now.
  return lineItemsOf(tx, session)
    .filter(({ price }) => !(price?.recurring && (trial || isMetered(price))))
    .reduce((sum, line) => sum + line.amount_total, 0)
}

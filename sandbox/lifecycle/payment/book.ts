import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { newBalanceTransaction } from '@/sandbox/objects/balance-transaction'
import type { Tx } from '@/sandbox/store/transaction'

// What Stripe takes of a card payment in the United States: 2.9 % and 30 cents.
const FEE_PER_MILLE = 29
const FEE_FIXED = 30

/** Money of a charge has arrived: the account's balance says so, less Stripe's fee, and there is a receipt. */
export function recordCharge(tx: Tx, charge: Stripe.Charge) {
  const {
    id: source,
    amount_captured: amount,
    currency,
    description,
    payment_method_details,
  } = charge
  const fee = Math.round((amount * FEE_PER_MILLE) / 1000) + FEE_FIXED
  const type = payment_method_details?.type === 'card' ? 'charge' : 'payment'
  const booked = newBalanceTransaction(tx.now, { source, amount, currency, description, fee, type })
  charge.balance_transaction = tx.insert('balance_transaction', booked).id
  charge.receipt_url = `${tx.url}/receipts/${charge.id}`
}

/** Money of a charge goes back to where it came from. Stripe keeps its fee. */
export function recordRefund(tx: Tx, refund: Stripe.Refund, sign: -1 | 1 = -1) {
  const charge = tx.get('charge', idOf(refund.charge ?? ''))
  const booked = newBalanceTransaction(tx.now, {
    source: refund.id,
    amount: sign * refund.amount,
    currency: refund.currency,
    description: `REFUND FOR CHARGE${charge.description ? ` (${charge.description})` : ''}`,
    fee: 0,
    type: sign < 0 ? 'refund' : 'refund_failure',
  })
  return tx.insert('balance_transaction', booked).id
}

import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { endWarning } from '@/sandbox/lifecycle/dispute/warn'
import { recordRefund } from '@/sandbox/lifecycle/payment/book'
import { plan } from '@/sandbox/lifecycle/plan'
import { newRefund } from '@/sandbox/objects/refund'
import type { Tx } from '@/sandbox/store/transaction'

// How long the bank of a card that is slow, or refuses, takes to say so.
const ANSWERS_AFTER = 4 * 86_400

/** Gives money of a charge back. The caller has seen to it that there is enough left. */
export function makeRefund(
  tx: Tx,
  chargeId: string,
  given: { amount: number; reason: Stripe.Refund.Reason | null; metadata: Record<string, string> },
): Stripe.Refund {
  const charge = tx.edit('charge', chargeId)
  charge.amount_refunded += given.amount
  charge.refunded = charge.amount_refunded === charge.amount
  if (charge.refunded) endWarning(tx, chargeId)
  const refund = tx.insert('refund', newRefund(tx.now, charge, given))
  const how = tx.find('card', charge.payment_method ?? '')?.behavior.refunds
  if (how === 'pending') refund.status = 'pending'
  refund.balance_transaction = recordRefund(tx, refund)
  if (how)
    plan(tx, optionalId(charge.customer), {
      id: `refund:${refund.id}`,
      at: tx.now + ANSWERS_AFTER,
      what: { kind: 'refund', refund: refund.id, succeeds: how === 'pending' },
    })
  tx.emit('refund.created', 'refund', refund.id)
  tx.emit('charge.refunded', 'charge', charge.id)
  return refund
}

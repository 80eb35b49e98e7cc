import type Stripe from 'stripe'
import type { CardBehavior } from '@/sandbox/objects/card-behavior'
import type { Tx } from '@/sandbox/store/transaction'

/** Keeps a card that was just typed in, for a customer or for none yet. */
export function saveCard(
  tx: Tx,
  customer: string | null,
  method: Stripe.PaymentMethod,
  behavior: CardBehavior,
): string {
  tx.insert('payment_method', { ...method, customer })
  tx.insert('card', { id: method.id, behavior })
  return method.id
}

import type Stripe from 'stripe'
import type { CardBehaviour } from '@/sandbox/objects/test-cards'
import type { Tx } from '@/sandbox/store/transaction'

/** Attaches a card that was just typed in to a customer. */
export function saveCard(
  tx: Tx,
  customer: string,
  method: Stripe.PaymentMethod,
  behaviour: CardBehaviour,
): string {
  tx.insert('payment_method', { ...method, customer })
  tx.insert('card', { id: method.id, behaviour })
  return method.id
}

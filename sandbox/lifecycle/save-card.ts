import type Stripe from 'stripe'
import type { CardBehaviour } from '@/sandbox/objects/test-cards'
import type { Tx } from '@/sandbox/store/transaction'

/** Keeps a card that was just typed in, for a customer or for nobody yet. */
export function saveCard(
  tx: Tx,
  customer: string | null,
  method: Stripe.PaymentMethod,
  behaviour: CardBehaviour,
): string {
  tx.insert('payment_method', { ...method, customer })
  tx.insert('card', { id: method.id, behaviour })
  return method.id
}

import type Stripe from 'stripe'
import type { CardBehaviour } from '@/sandbox/objects/test-cards'

/** A card that its bank has agreed to. */
export interface AcceptedCard {
  method: Stripe.PaymentMethod
  behaviour: CardBehaviour
}

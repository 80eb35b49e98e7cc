import type Stripe from 'stripe'
import type { CardBehavior } from '@/sandbox/objects/card-behavior'

/** A card that its bank has agreed to. */
export interface AcceptedCard {
  method: Stripe.PaymentMethod
  behavior: CardBehavior
}

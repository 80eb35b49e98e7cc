import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** The bank wants to ask the cardholder before it answers: the intent waits for them, and nothing was charged. */
export function askCardholder(tx: Tx, intent: Stripe.PaymentIntent, method: string) {
  intent.status = 'requires_action'
  intent.payment_method = method
  intent.last_payment_error = null
  intent.next_action = {
    type: 'use_stripe_sdk',
    // At Stripe only its scripts can read what is in it; here it leads to the bank's page.
    use_stripe_sdk: {
      type: 'three_d_secure_redirect',
      source: newId('src'),
      stripe_js: `${tx.url}/3ds/${intent.id}`,
    },
  }
}

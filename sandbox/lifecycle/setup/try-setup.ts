import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import type { Decline } from '@/sandbox/objects/test-cards'
import type { Tx } from '@/sandbox/store/transaction'

/**
 * Tries to save an intent's payment method for its customer, whose bank may want to be asked first.
 * Returns why that failed, or null. An intent without a customer attaches it to none.
 */
export function trySetup(
  tx: Tx,
  intent: Stripe.SetupIntent,
  method: string,
  authenticated: boolean,
): Decline | null {
  const behavior = tx.find('card', method)?.behavior
  if (behavior?.onAttach) {
    failSetup(tx, intent, method, behavior.onAttach)
    return behavior.onAttach
  }
  intent.payment_method = method
  intent.last_setup_error = null
  if (!authenticated && behavior && behavior.asks !== 'never') {
    intent.status = 'requires_action'
    intent.next_action = {
      type: 'use_stripe_sdk',
      // At Stripe only its scripts can read what is in it; here it leads to the bank's page.
      use_stripe_sdk: {
        type: 'three_d_secure_redirect',
        stripe_js: `${tx.url}/3ds/${intent.id}`,
      },
    }
    tx.emit('setup_intent.requires_action', 'setup_intent', intent.id)
    return null
  }
  attach(tx, method, optionalId(intent.customer))
  intent.status = 'succeeded'
  intent.next_action = null
  tx.emit('setup_intent.succeeded', 'setup_intent', intent.id)
  return null
}

/** An intent whose payment method was refused: it waits for another. */
export function failSetup(
  tx: Tx,
  intent: Stripe.SetupIntent,
  method: string,
  { code, declineCode, message }: Decline,
) {
  intent.status = 'requires_payment_method'
  intent.payment_method = null
  intent.next_action = null
  intent.last_setup_error = {
    code,
    decline_code: declineCode,
    message,
    payment_method: structuredClone(tx.get('payment_method', method)),
    type: code === 'setup_intent_authentication_failure' ? 'invalid_request_error' : 'card_error',
  }
  tx.emit('setup_intent.setup_failed', 'setup_intent', intent.id)
}

function attach(tx: Tx, id: string, customer: string | null) {
  if (customer === null || tx.get('payment_method', id).customer !== null) return
  tx.edit('payment_method', id).customer = customer
  tx.emit('payment_method.attached', 'payment_method', id)
}

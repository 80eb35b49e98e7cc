import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing } from '@/sandbox/http/rule'
import { ignored, oneOf, text } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { attachTestMethod } from './attach-test-method'
import { ownMethod } from './references'

export const updateSetupIntent = endpoint(
  'POST',
  '/v1/setup_intents/:id',
  { description: text(1000), metadata: metadata(), payment_method: text() },
  ({ tx, id, params }) => {
    const intent = waiting(tx, id)
    intent.metadata = withMetadata(intent.metadata, params.metadata)
    intent.description = params.description ?? intent.description
    if (params.payment_method !== undefined) confirmSetup(tx, id, params.payment_method, false)
    return intent
  },
)

/** Without a bank to ask, a card that can be saved is saved; one whose holder is to be asked waits for ever. */
export const confirmSetupIntent = endpoint(
  'POST',
  '/v1/setup_intents/:id/confirm',
  { payment_method: text(), return_url: ignored(), use_stripe_sdk: ignored() },
  ({ tx, id, params }) => {
    confirmSetup(tx, id, params.payment_method, true)
    return tx.get('setup_intent', id)
  },
)

export const cancelSetupIntent = endpoint(
  'POST',
  '/v1/setup_intents/:id/cancel',
  { cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') },
  ({ tx, id, params }) => {
    const intent = waiting(tx, id)
    intent.status = 'canceled'
    intent.cancellation_reason = params.cancellation_reason ?? null
    intent.next_action = null
    tx.emit('setup_intent.canceled', 'setup_intent', id)
    return intent
  },
)

/** Gives an intent its payment method, and saves that for the customer when `now`. */
export function confirmSetup(tx: Tx, id: string, asked: string | undefined, now: boolean) {
  const intent = waiting(tx, id)
  const wanted = asked ?? optionalId(intent.payment_method)
  if (wanted === null) throw missing('payment_method')
  const customer = optionalId(intent.customer)
  if (customer === null)
    throw ApiError.invalid(
      'The sandbox saves payment methods for customers only. Pass `customer`.',
      'customer',
      'sandbox_unsupported',
    )
  const method =
    attachTestMethod(tx, wanted, customer)?.id ?? ownMethod(tx, wanted, customer, 'payment_method')
  intent.payment_method = method
  intent.status = 'requires_confirmation'
  if (!now) return
  const asks = tx.find('card', method)?.behavior.asks ?? 'never'
  intent.status = asks === 'never' ? 'succeeded' : 'requires_action'
  intent.next_action = asks === 'never' ? null : { type: 'use_stripe_sdk', use_stripe_sdk: {} }
  tx.emit(`setup_intent.${intent.status}`, 'setup_intent', id)
}

/** An intent that can still be changed. */
function waiting(tx: Tx, id: string): Stripe.SetupIntent {
  const intent = tx.edit('setup_intent', id)
  if (intent.status !== 'succeeded' && intent.status !== 'canceled') return intent
  throw ApiError.invalid(
    `This SetupIntent's status is ${intent.status}, and it cannot be changed any more.`,
    undefined,
    'setup_intent_unexpected_state',
  )
}

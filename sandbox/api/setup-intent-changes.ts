import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing } from '@/sandbox/http/rule'
import { flag, oneOf, text, url } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'
import { trySetup } from '@/sandbox/lifecycle/setup/try-setup'
import type { Tx } from '@/sandbox/store/transaction'
import { cardRefused } from './card-refused'
import { methodFor } from './method-for'

export const updateSetupIntent = endpoint(
  'POST',
  '/v1/setup_intents/:id',
  { description: text(1000), metadata: metadata(), payment_method: text() },
  ({ tx, id, params }) => {
    const intent = waiting(tx, id)
    intent.metadata = withMetadata(intent.metadata, params.metadata)
    intent.description = params.description ?? intent.description
    if (params.payment_method !== undefined)
      confirmSetup(tx, id, params.payment_method, { now: false })
    return intent
  },
)

/** A card that can be saved is saved; one whose bank asks waits for the cardholder. */
export const confirmSetupIntent = endpoint(
  'POST',
  '/v1/setup_intents/:id/confirm',
  { payment_method: text(), return_url: url(), use_stripe_sdk: flag() },
  ({ tx, id, params }) => {
    const returnUrl = params.use_stripe_sdk ? undefined : params.return_url
    confirmSetup(tx, id, params.payment_method, { now: true, returnUrl })
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

interface How {
  /** Whether it is saved now, or only named. */
  now: boolean
  /** Where a page wants its visitor back from the bank; without it, Stripe.js goes on by itself. */
  returnUrl?: string | undefined
}

/**
 * Gives an intent its payment method, and saves that for the customer when `now`. Throws ApiError
 * 402 for a card that refuses, which stays as it was left.
 */
export function confirmSetup(
  tx: Tx,
  id: string,
  asked: string | undefined,
  { now, returnUrl }: How,
) {
  const intent = waiting(tx, id)
  const wanted = asked ?? optionalId(intent.payment_method)
  if (wanted === null) throw missing('payment_method')
  const method = methodFor(tx, wanted, optionalId(intent.customer), 'payment_method')
  intent.payment_method = method
  intent.status = 'requires_confirmation'
  if (!now) return
  const decline = trySetup(tx, intent, method, false)
  if (intent.status === 'requires_action' && returnUrl !== undefined) {
    const url = `${tx.url}/3ds/${id}`
    intent.next_action = {
      type: 'redirect_to_url',
      redirect_to_url: { return_url: returnUrl, url },
    }
  }
  if (!decline) return
  const { body } = cardRefused(decline, true)
  throw new ApiError(402, { ...body, setup_intent: intent }, true)
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

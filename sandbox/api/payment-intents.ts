import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import type { Read } from '@/sandbox/http/rule'
import { flag, integer, oneOf, text } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'
import { cancelIntent } from '@/sandbox/lifecycle/payment/cancel-intent'
import { captureIntent } from '@/sandbox/lifecycle/payment/capture'
import { newPaymentIntent } from '@/sandbox/objects/payment-intent'
import type { Tx } from '@/sandbox/store/transaction'
import { methodFor } from './method-for'
import { confirmIntent } from './payment-intent-confirm'
import { CONFIRM, CREATE, UPDATE } from './payment-intent-params'
import { named } from './references'

const INTENTS = '/v1/payment_intents'

export const createPaymentIntent = endpoint('POST', INTENTS, CREATE, ({ tx, params }) => {
  if (params.customer !== undefined) named(tx, 'customer', params.customer, 'customer')
  const automatic = params.automatic_payment_methods
  const intent = tx.insert(
    'payment_intent',
    newPaymentIntent(tx.now, {
      ...detailsOf(params),
      amount: params.amount,
      currency: params.currency.toLowerCase(),
      customer: params.customer ?? null,
      automatic_payment_methods: {
        allow_redirects: automatic?.allow_redirects ?? 'always',
        enabled: automatic?.enabled ?? true,
      },
      capture_method: params.capture_method ?? 'automatic_async',
      confirmation_method: params.confirmation_method ?? 'automatic',
      metadata: withMetadata({}, params.metadata),
      setup_future_usage: params.setup_future_usage ?? null,
    }),
  )
  tx.emit('payment_intent.created', 'payment_intent', intent.id)
  if (params.payment_method !== undefined) takeMethod(tx, intent, params.payment_method)
  if (params.confirm) confirmIntent(tx, intent, params)
  return intent
})

export const updatePaymentIntent = endpoint(
  'POST',
  `${INTENTS}/:id`,
  UPDATE,
  ({ tx, id, params }) => {
    const intent = changeable(tx, id, ['requires_payment_method', 'requires_confirmation'])
    const { amount, currency, capture_method, customer } = params
    if (isOfInvoice(tx, id) && (amount ?? currency ?? customer) !== undefined)
      throw ApiError.invalid('The amount of an intent that collects an invoice cannot be changed.')
    if (customer !== undefined) intent.customer = named(tx, 'customer', customer, 'customer').id
    Object.assign(intent, detailsOf(params))
    intent.amount = amount ?? intent.amount
    intent.currency = currency?.toLowerCase() ?? intent.currency
    intent.capture_method = capture_method ?? intent.capture_method
    intent.metadata = withMetadata(intent.metadata, params.metadata)
    if (params.payment_method !== undefined) takeMethod(tx, intent, params.payment_method)
    return intent
  },
)

export const confirmPaymentIntent = endpoint(
  'POST',
  `${INTENTS}/:id/confirm`,
  CONFIRM,
  ({ tx, id, params }) => {
    const intent = changeable(tx, id, CONFIRMABLE)
    Object.assign(intent, detailsOf(params))
    intent.capture_method = params.capture_method ?? intent.capture_method
    if (params.payment_method !== undefined) takeMethod(tx, intent, params.payment_method)
    confirmIntent(tx, intent, params)
    return intent
  },
)

export const capturePaymentIntent = endpoint(
  'POST',
  `${INTENTS}/:id/capture`,
  {
    amount_to_capture: integer(1),
    final_capture: flag(),
    metadata: metadata(),
    statement_descriptor: text(22),
    statement_descriptor_suffix: text(22),
  },
  ({ tx, id, params }) => {
    const intent = changeable(tx, id, ['requires_capture'])
    const amount = params.amount_to_capture ?? intent.amount_capturable
    if (amount > intent.amount_capturable)
      throw ApiError.invalid(
        `The amount to capture (${amount}) is greater than what can be captured (${intent.amount_capturable}).`,
        'amount_to_capture',
      )
    intent.metadata = withMetadata(intent.metadata, params.metadata)
    captureIntent(tx, intent, amount)
    return intent
  },
)

export const cancelPaymentIntent = endpoint(
  'POST',
  `${INTENTS}/:id/cancel`,
  { cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') },
  ({ tx, id, params }) => {
    const intent = changeable(tx, id, [...CONFIRMABLE, 'requires_capture', 'processing'])
    if (isOfInvoice(tx, id))
      throw ApiError.invalid(
        'You cannot cancel a PaymentIntent that collects an invoice. Void the invoice instead.',
      )
    cancelIntent(tx, id, params.cancellation_reason ?? null)
    return intent
  },
)

const CONFIRMABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'] as const

type Status = Stripe.PaymentIntent['status']

function changeable(tx: Tx, id: string, statuses: readonly Status[]): Stripe.PaymentIntent {
  const intent = tx.edit('payment_intent', id)
  if (statuses.includes(intent.status)) return intent
  throw ApiError.invalid(
    `This PaymentIntent has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses can be used here: ${statuses.join(', ')}.`,
    undefined,
    'payment_intent_unexpected_state',
  )
}

function isOfInvoice(tx: Tx, intent: string): boolean {
  return tx.by('invoice_payment', 'intent', intent).length > 0
}

function takeMethod(tx: Tx, intent: Stripe.PaymentIntent, asked: string) {
  intent.payment_method = methodFor(tx, asked, optionalId(intent.customer), 'payment_method')
  intent.status = 'requires_confirmation'
  intent.next_action = null
}

function detailsOf(params: Partial<Read<typeof UPDATE>>): Partial<Stripe.PaymentIntent> {
  const given = PLAIN.filter((field) => params[field] !== undefined)
  return Object.fromEntries(given.map((field) => [field, params[field]]))
}

const PLAIN = [
  'allowed_payment_method_types',
  'description',
  'excluded_payment_method_types',
  'receipt_email',
  'setup_future_usage',
  'statement_descriptor',
  'statement_descriptor_suffix',
] as const

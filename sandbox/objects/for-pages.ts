import type { PaymentIntent, SetupIntent } from '@stripe/stripe-js'

const PAYMENT_INTENT: readonly (keyof PaymentIntent)[] = [
  'id',
  'object',
  'amount',
  'canceled_at',
  'cancellation_reason',
  'capture_method',
  'client_secret',
  'confirmation_method',
  'created',
  'currency',
  'description',
  'last_payment_error',
  'livemode',
  'next_action',
  'payment_method',
  'payment_method_types',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'status',
]

const SETUP_INTENT: readonly (keyof SetupIntent)[] = [
  'id',
  'object',
  'cancellation_reason',
  'client_secret',
  'created',
  'description',
  'last_setup_error',
  'livemode',
  'next_action',
  'payment_method',
  'payment_method_types',
  'status',
  'usage',
]

const FIELDS: Record<string, readonly string[]> = {
  payment_intent: PAYMENT_INTENT,
  setup_intent: SETUP_INTENT,
}

/** An object as a page sees it that has no secret key: of an intent what Stripe.js says that it has, and no more. */
export function forPages(object: object): object {
  const fields = FIELDS[kindOf(object)]
  if (!fields) return object
  const row = object as Record<string, unknown>
  return Object.fromEntries(fields.map((field) => [field, row[field] ?? null]))
}

function kindOf(object: object): string {
  return 'object' in object ? String(object.object) : ''
}

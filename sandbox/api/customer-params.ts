import type Stripe from 'stripe'
import { metadata } from '@/sandbox/http/metadata'
import { type Read, required } from '@/sandbox/http/rule'
import { clearable, hash, ignored, integer, list, oneOf, text } from '@/sandbox/http/rules'
import { address, addressOf } from './address'

/** The parameters that describe a customer, at its creation and at each update. */
export const DETAILS = {
  address: clearable(hash(address)),
  balance: integer(),
  description: clearable(text()),
  email: clearable(text(512)),
  invoice_prefix: text(12),
  metadata: metadata(),
  name: clearable(text(256)),
  next_invoice_sequence: integer(1),
  phone: clearable(text(20)),
  preferred_locales: list(text()),
  tax_exempt: clearable(oneOf('exempt', 'none', 'reverse')),
  shipping: clearable(
    hash({ address: required(hash(address)), name: required(text()), phone: text() }),
  ),
  tax: ignored(),
  business_name: ignored(),
  individual_name: ignored(),
}

/** The `invoice_settings` of an existing customer. */
export const INVOICE_SETTINGS = {
  default_payment_method: clearable(text()),
  custom_fields: ignored(),
  footer: clearable(text()),
  rendering_options: ignored(),
}

// Fields of the object that have the parameter's name and form.
const PLAIN = [
  'description',
  'email',
  'invoice_prefix',
  'name',
  'next_invoice_sequence',
  'phone',
  'preferred_locales',
  'tax_exempt',
] as const

/** The plain fields that were given. */
export function detailsOf(params: Read<typeof DETAILS>): Partial<Stripe.Customer> {
  const given = PLAIN.filter((field) => params[field] !== undefined).map((field) => [
    field,
    params[field],
  ])
  const place =
    params.address === undefined ? {} : { address: params.address && addressOf(params.address) }
  const { shipping } = params
  const sent =
    shipping === undefined
      ? {}
      : { shipping: shipping && { ...shipping, address: addressOf(shipping.address) } }
  return { ...Object.fromEntries(given), ...place, ...sent }
}

import { metadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { flag, hash, ignored, instant, integer, list, oneOf, text, url } from '@/sandbox/http/rules'
import { PRICE_DATA_AT_CHECKOUT } from './price-data'

const LINE = {
  price: text(),
  quantity: integer(1),
  adjustable_quantity: hash({
    enabled: required(flag()),
    minimum: integer(0),
    maximum: integer(1, 999_999),
  }),
  metadata: metadata(),
  price_data: PRICE_DATA_AT_CHECKOUT,
  tax_rates: list(text()),
}

const SUBSCRIPTION = {
  metadata: metadata(),
  description: text(500),
  trial_period_days: integer(1, 730),
  trial_end: instant(),
  trial_settings: hash({
    end_behavior: required(
      hash({
        missing_payment_method: required(oneOf('cancel', 'create_invoice', 'pause')),
      }),
    ),
  }),
  billing_mode: hash({ type: required(oneOf('flexible')), flexible: ignored() }),
  proration_behavior: oneOf('create_prorations', 'none'),
  billing_cycle_anchor: instant(),
  default_tax_rates: list(text()),
  invoice_settings: ignored(),
}

const PAYMENT = {
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  description: text(1000),
  metadata: metadata(),
  receipt_email: ignored(),
  setup_future_usage: oneOf('off_session', 'on_session'),
  shipping: ignored(),
  statement_descriptor: ignored(),
  statement_descriptor_suffix: ignored(),
}

const SETUP = { description: text(1000), metadata: metadata() }

/** The parameters of `POST /v1/checkout/sessions`. What endive removed is not here, and is refused as unknown. */
export const CREATE = {
  mode: oneOf('payment', 'setup', 'subscription'),
  ui_mode: oneOf('elements', 'embedded_page', 'form', 'hosted_page'),
  customer: text(),
  customer_email: text(800),
  customer_update: hash({
    address: oneOf('auto', 'never'),
    name: oneOf('auto', 'never'),
    shipping: oneOf('auto', 'never'),
  }),
  client_reference_id: text(200),
  metadata: metadata(),
  line_items: list(hash(LINE), 100),
  subscription_data: hash(SUBSCRIPTION),
  payment_intent_data: hash(PAYMENT),
  setup_intent_data: hash(SETUP),
  customer_creation: oneOf('always', 'if_required'),
  payment_method_collection: oneOf('always', 'if_required'),
  allow_promotion_codes: flag(),
  discounts: list(hash({ coupon: text(), promotion_code: text() }), 1),
  automatic_tax: hash({ enabled: required(flag()), liability: ignored() }),
  tax_id_collection: hash({ enabled: required(flag()), required: oneOf('if_supported', 'never') }),
  billing_address_collection: oneOf('auto', 'required'),
  success_url: url(),
  cancel_url: url(),
  return_url: url(),
  redirect_on_completion: oneOf('always', 'if_required', 'never'),
  expires_at: instant(),
  locale: text(),
  currency: text(3),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  allowed_payment_method_types: list(text()),
  excluded_payment_method_types: list(text()),
  managed_payments: hash({ enabled: flag() }),
  phone_number_collection: hash({ enabled: required(flag()) }),
  custom_text: ignored(),
  consent_collection: ignored(),
  branding_settings: ignored(),
  name_collection: ignored(),
  payment_method_options: ignored(),
  payment_method_configuration: ignored(),
  saved_payment_method_options: ignored(),
  wallet_options: ignored(),
  adaptive_pricing: ignored(),
  integration_identifier: ignored(),
}

/** The parameters of `POST /v1/checkout/sessions/:id`. */
export const UPDATE = {
  metadata: metadata(),
}

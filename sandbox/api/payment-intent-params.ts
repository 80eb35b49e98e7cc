import { metadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import {
  clearable,
  flag,
  hash,
  ignored,
  integer,
  list,
  oneOf,
  text,
  url,
} from '@/sandbox/http/rules'

const SHARED = {
  amount: integer(1, 99_999_999),
  currency: text(3),
  customer: text(),
  description: text(1000),
  metadata: metadata(),
  payment_method: text(),
  receipt_email: clearable(text(800)),
  setup_future_usage: clearable(oneOf('off_session', 'on_session')),
  shipping: clearable(ignored()),
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  allowed_payment_method_types: list(text()),
  excluded_payment_method_types: list(text()),
  payment_method_configuration: ignored(),
  payment_method_options: ignored(),
}

const CONFIRMING = {
  off_session: oneOf('true', 'false', 'one_off', 'recurring'),
  return_url: url(),
  error_on_requires_action: flag(),
  use_stripe_sdk: flag(),
}

/** The parameters of `POST /v1/payment_intents`. */
export const CREATE = {
  ...SHARED,
  ...CONFIRMING,
  amount: required(SHARED.amount),
  currency: required(SHARED.currency),
  confirm: flag(),
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  confirmation_method: oneOf('automatic', 'manual'),
  automatic_payment_methods: hash({
    enabled: required(flag()),
    allow_redirects: oneOf('always', 'never'),
  }),
}

/** The parameters of `POST /v1/payment_intents/:id`. */
export const UPDATE = { ...SHARED, capture_method: CREATE.capture_method }

/** The parameters of `POST /v1/payment_intents/:id/confirm`. */
export const CONFIRM = {
  ...CONFIRMING,
  payment_method: text(),
  receipt_email: SHARED.receipt_email,
  setup_future_usage: SHARED.setup_future_usage,
  capture_method: CREATE.capture_method,
  payment_method_options: ignored(),
}

import { metadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import {
  clearable,
  either,
  flag,
  hash,
  ignored,
  instant,
  integer,
  list,
  oneOf,
  text,
} from '@/sandbox/http/rules'
import { FEEDBACK } from '@/sandbox/lifecycle/subscription/feedback'
import { ADDED } from './added-items'
import { BILLING_MODE } from './billing-mode'
import { DISCOUNTS } from './discount-params'
import { PRICE_DATA } from './price-data'

const ITEM = {
  price: text(),
  // What a price was called before there were prices: its id is the same.
  plan: text(),
  price_data: PRICE_DATA,
  quantity: integer(0),
  metadata: metadata(),
  tax_rates: clearable(list(text())),
  discounts: DISCOUNTS,
}

/** One entry of `items` in an update. */
export const ITEM_CHANGE = { ...ITEM, id: text(), deleted: flag() }

export const PRORATION = oneOf('always_invoice', 'create_prorations', 'none')

/** Why the subscriber leaves. */
const CANCELLATION = hash({
  comment: clearable(text()),
  feedback: clearable(oneOf(...FEEDBACK)),
})

const SHARED = {
  cancel_at_period_end: flag(),
  default_payment_method: clearable(text()),
  description: clearable(text(500)),
  metadata: metadata(),
  off_session: flag(),
  payment_behavior: oneOf(
    'allow_incomplete',
    'default_incomplete',
    'error_if_incomplete',
    'pending_if_incomplete',
  ),
  payment_settings: hash({
    save_default_payment_method: oneOf('off', 'on_subscription'),
    payment_method_types: ignored(),
    payment_method_options: ignored(),
  }),
  proration_behavior: PRORATION,
  trial_settings: hash({
    end_behavior: required(
      hash({
        missing_payment_method: required(oneOf('cancel', 'create_invoice', 'pause')),
      }),
    ),
  }),
  automatic_tax: hash({ enabled: required(flag()), liability: ignored() }),
  default_tax_rates: clearable(list(text())),
  add_invoice_items: ADDED,
  days_until_due: integer(0, 3650),
  invoice_settings: ignored(),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  discounts: DISCOUNTS,
}

/** The parameters of `POST /v1/subscriptions`. */
export const CREATE = {
  ...SHARED,
  customer: required(text()),
  items: required(list(hash(ITEM), 20)),
  cancel_at: either(oneOf('max_period_end', 'min_period_end'), instant()),
  trial_end: either(oneOf('now'), instant()),
  trial_period_days: integer(1, 730),
  billing_mode: BILLING_MODE,
  currency: text(3),
  billing_cycle_anchor: instant(),
  backdate_start_date: instant(),
}

/** The parameters of `POST /v1/subscriptions/:id`. */
export const UPDATE = {
  ...SHARED,
  items: list(hash(ITEM_CHANGE), 20),
  cancel_at: clearable(either(oneOf('max_period_end', 'min_period_end'), instant())),
  cancellation_details: CANCELLATION,
  pause_collection: clearable(
    hash({
      behavior: required(oneOf('keep_as_draft', 'mark_uncollectible', 'void')),
      resumes_at: instant(),
    }),
  ),
  proration_date: instant(),
  trial_end: either(oneOf('now'), instant()),
  billing_cycle_anchor: hash({ type: required(oneOf('now', 'unchanged')) }),
}

/** The parameters of `DELETE /v1/subscriptions/:id`. */
export const CANCEL = { cancellation_details: CANCELLATION, invoice_now: flag(), prorate: flag() }

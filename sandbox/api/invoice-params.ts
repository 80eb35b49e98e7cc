import { metadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import {
  clearable,
  flag,
  hash,
  ignored,
  instant,
  integer,
  list,
  oneOf,
  text,
} from '@/sandbox/http/rules'
import { DISCOUNTS } from './discount-params'
import { PRICE_DATA_ONCE } from './price-data'

/** The parameters that an invoice takes while it is a draft. */
export const DETAILS = {
  auto_advance: flag(),
  automatic_tax: hash({ enabled: required(flag()), liability: ignored() }),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  custom_fields: clearable(ignored()),
  days_until_due: integer(0),
  default_payment_method: clearable(text()),
  default_tax_rates: clearable(list(text())),
  description: clearable(text(1500)),
  discounts: DISCOUNTS,
  due_date: instant(),
  effective_at: clearable(ignored()),
  footer: clearable(text()),
  metadata: metadata(),
  payment_settings: ignored(),
  rendering: ignored(),
  statement_descriptor: text(22),
}

/** The parameters of `POST /v1/invoices`. */
export const CREATE = {
  ...DETAILS,
  currency: text(3),
  customer: text(),
  subscription: text(),
  pending_invoice_items_behavior: oneOf('exclude', 'include'),
}

/** One line of `add_lines`. */
export const LINE = {
  amount: integer(),
  description: text(),
  discountable: flag(),
  discounts: DISCOUNTS,
  invoice_item: text(),
  metadata: metadata(),
  period: hash({ start: required(instant()), end: required(instant()) }),
  price_data: PRICE_DATA_ONCE,
  pricing: hash({ price: text() }),
  quantity: integer(0),
  tax_rates: clearable(list(text())),
}

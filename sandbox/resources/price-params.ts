import { metadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { flag, hash, ignored, integer, oneOf, text } from '@/sandbox/http/rules'
import { recurringShape } from './recurring'

export const TAX_BEHAVIOR = oneOf('exclusive', 'inclusive', 'unspecified')

/** The parameters of `POST /v1/prices`. */
export const CREATE = {
  active: flag(),
  billing_scheme: oneOf('per_unit'),
  currency: required(text(3)),
  lookup_key: text(200),
  metadata: metadata(),
  nickname: text(),
  product: text(),
  product_data: hash({
    id: text(),
    name: required(text()),
    metadata: metadata(),
    active: flag(),
    tax_code: ignored(),
    statement_descriptor: ignored(),
    unit_label: ignored(),
  }),
  recurring: hash(recurringShape),
  tax_behavior: TAX_BEHAVIOR,
  transfer_lookup_key: flag(),
  unit_amount: integer(0),
}

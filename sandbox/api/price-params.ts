import { metadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { flag, hash, ignored, text } from '@/sandbox/http/rules'
import { AMOUNTS, TAX_BEHAVIOR } from './price-amounts'
import { recurringShape } from './recurring'

/** The parameters of `POST /v1/prices`. */
export const CREATE = {
  active: flag(),
  ...AMOUNTS,
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
    statement_descriptor: text(22),
    unit_label: text(12),
  }),
  recurring: hash(recurringShape),
  tax_behavior: TAX_BEHAVIOR,
  transfer_lookup_key: flag(),
}

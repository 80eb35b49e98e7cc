import { ApiError } from '@/sandbox/http/api-error'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read, required } from '@/sandbox/http/rule'
import { hash, ignored, list, text } from '@/sandbox/http/rules'
import { newPrice } from '@/sandbox/objects/price'
import { newProduct } from '@/sandbox/objects/product'
import type { Tx } from '@/sandbox/store/transaction'
import { AMOUNTS, amountsOf, TAX_BEHAVIOR } from './price-amounts'
import { recurringOf, recurringShape } from './recurring'
import { named } from './references'

const { interval, interval_count } = recurringShape

const ONCE = {
  currency: required(text(3)),
  product: text(),
  tax_behavior: TAX_BEHAVIOR,
  unit_amount: AMOUNTS.unit_amount,
  unit_amount_decimal: AMOUNTS.unit_amount_decimal,
}

const EVERY = { ...ONCE, recurring: hash({ interval, interval_count }) }

const PRODUCT = hash({
  name: required(text()),
  description: text(),
  images: list(text(), 8),
  metadata: metadata(),
  tax_code: ignored(),
  tax_details: ignored(),
  unit_label: text(),
})

/** A price that is made for one invoice item. */
export const PRICE_DATA_ONCE = hash(ONCE)
/** A price that is made for one item of a subscription. */
export const PRICE_DATA = hash({ ...EVERY, recurring: required(EVERY.recurring) })
/** A price that is made for one line of a Checkout session. */
export const PRICE_DATA_AT_CHECKOUT = hash({ ...EVERY, product_data: PRODUCT })

type Given = Omit<Read<typeof EVERY>, 'recurring'> & {
  recurring?: Read<typeof EVERY>['recurring']
  product_data?: Read<{ of: typeof PRODUCT }>['of']
}

/** Makes the price that is described, for this one use: it cannot be bought again. */
export function inlinePrice(tx: Tx, data: Given, param: string): string {
  const { recurring, currency, product, product_data, tax_behavior, ...amounts } = data
  if (product !== undefined && product_data)
    throw ApiError.invalid(
      'You may only specify one of these parameters: product, product_data.',
      `${param}[product]`,
    )
  const price = newPrice(tx.now, {
    ...amountsOf(amounts),
    active: false,
    currency: currency.toLowerCase(),
    product: productOf(tx, data, param),
    recurring: recurringOf(recurring),
    tax_behavior: tax_behavior ?? 'unspecified',
  })
  return tx.insert('price', price).id
}

function productOf(tx: Tx, { product, product_data: data }: Given, param: string): string {
  if (product !== undefined) return named(tx, 'product', product, `${param}[product]`).id
  if (!data) throw missing(`${param}[product]`)
  const { name, description = null, images = [], unit_label = null } = data
  const made = newProduct(tx.now, { name, description, images, unit_label, active: false })
  made.metadata = withMetadata({}, data.metadata)
  return tx.insert('product', made).id
}

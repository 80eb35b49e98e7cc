import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { metadata } from '@/sandbox/http/metadata'
import { type Read, required } from '@/sandbox/http/rule'
import { clearable, flag, hash, ignored, instant, integer, text } from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
import { endDiscount, redeem } from '@/sandbox/lifecycle/discount/redeem'
import { decimal } from '@/sandbox/objects/decimal'
import type { Asked } from '@/sandbox/objects/invoice-item'
import { newPrice } from '@/sandbox/objects/price'
import { newProduct } from '@/sandbox/objects/product'
import type { Tx } from '@/sandbox/store/transaction'
import { DISCOUNTS, discountsAsked } from './discount-params'
import { named } from './references'

/** The parameters that describe an invoice item, at its creation and at each update. */
export const ITEM = {
  amount: integer(),
  description: clearable(text()),
  discounts: DISCOUNTS,
  discountable: flag(),
  metadata: metadata(),
  period: hash({ end: required(instant()), start: required(instant()) }),
  pricing: hash({ price: required(text()) }),
  quantity: integer(0),
  tax_behavior: ignored(),
  tax_code: ignored(),
}

/** What an item asks for: an amount, or so many of a price that is paid once. Null when nothing is said of it. */
export function askedOf(
  tx: Tx,
  { amount, description, pricing, quantity }: Read<typeof ITEM>,
  currency: string | null,
  { usual = 'usd', inline = false }: { usual?: string | undefined; inline?: boolean } = {},
): (Asked & { currency: string | null }) | null {
  if (amount !== undefined) {
    if (pricing || quantity !== undefined)
      throw ApiError.invalid(
        'You may only specify one of these parameters: amount, pricing and quantity.',
        'amount',
      )
    return { ...askedOfAmount(tx, amount, currency ?? usual, description ?? null), currency }
  }
  if (!pricing) return null
  const price = inline ? tx.get('price', pricing.price) : oncePrice(tx, pricing.price)
  if (currency !== null && currency !== price.currency) throw otherCurrency(price.currency)
  return { ...askedOfPrice(price, quantity ?? 1), currency: price.currency }
}

/** Gives an item the discounts that are asked for it alone. What it is on has to be added up anew. */
export function discountItem(
  tx: Tx,
  item: Stripe.InvoiceItem,
  asked: Read<typeof ITEM>['discounts'],
  param = 'discounts',
) {
  if (asked === undefined) return
  const customer = idOf(item.customer)
  const held = item.discounts ?? []
  const buyer = { customer, amount: item.amount, currency: item.currency }
  const wanted = discountsAsked(tx, asked, { held, buyer, param })
  for (const gone of held) if (!wanted.includes(idOf(gone))) endDiscount(tx, idOf(gone))
  item.discounts = wanted.map((entry) =>
    typeof entry === 'string' ? entry : redeem(tx, { customer, invoice_item: item.id }, entry).id,
  )
}

/** An amount that has no price of its own: one is made for it alone, which nothing else can use. */
function askedOfAmount(tx: Tx, amount: number, currency: string, name: string | null): Asked {
  const product = tx.insert(
    'product',
    newProduct(tx.now, { name: name || 'Invoice item', active: false }),
  )
  const price = tx.insert(
    'price',
    newPrice(tx.now, { product: product.id, currency, unit_amount: amount, active: false }),
  )
  return askedOfPrice(price, 1)
}

/** So many of a price. */
export function askedOfPrice(price: Readonly<Stripe.Price>, quantity: number): Asked {
  const unit = price.unit_amount ?? 0
  return {
    amount: unit * quantity,
    quantity,
    pricing: {
      price_details: { price: price.id, product: idOf(price.product) },
      type: 'price_details',
      unit_amount_decimal: decimal(unit),
    },
  }
}

/** The refusal of an amount in another currency than what it goes on. */
export function otherCurrency(currency: string): ApiError {
  return ApiError.invalid(
    `The currency of the invoice item (${currency}) is not that of the invoice it is for.`,
    'currency',
  )
}

function oncePrice(tx: Tx, id: string): Readonly<Stripe.Price> {
  const param = 'pricing[price]'
  const price = named(tx, 'price', id, param)
  if (!price.active)
    throw ApiError.invalid(
      'The price specified is inactive. This field only accepts active prices.',
      param,
    )
  if (!price.recurring) return price
  throw ApiError.invalid(
    'The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.',
    param,
  )
}

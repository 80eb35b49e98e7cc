import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { metadata } from '@/sandbox/http/metadata'
import { type Read, required } from '@/sandbox/http/rule'
import { clearable, flag, hash, ignored, instant, integer, text } from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
import { decimal } from '@/sandbox/objects/decimal'
import type { Asked } from '@/sandbox/objects/invoice-item'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

/** What an invoice item is told by, when it is made and when it is changed. */
export const ITEM = {
  amount: integer(),
  description: clearable(text()),
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
  { amount, pricing, quantity }: Read<typeof ITEM>,
  currency: string | null,
): (Asked & { currency: string | null }) | null {
  if (amount !== undefined) {
    if (pricing || quantity !== undefined)
      throw ApiError.invalid(
        'You may only specify one of these parameters: amount, pricing and quantity.',
        'amount',
      )
    const unit_amount_decimal = decimal(amount)
    return {
      amount,
      quantity: 1,
      pricing: { type: 'price_details', unit_amount_decimal },
      currency,
    }
  }
  if (!pricing) return null
  const price = oncePrice(tx, pricing.price)
  if (currency !== null && currency !== price.currency) throw otherCurrency(price.currency)
  return { ...askedOfPrice(price, quantity ?? 1), currency: price.currency }
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

import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

/** An active price that recurs. */
export function recurringPrice(tx: Tx, id: string, param: string): Readonly<Stripe.Price> {
  const price = named(tx, 'price', id, param)
  if (!price.active)
    throw ApiError.invalid(
      `The price specified is inactive. This field only accepts active prices.`,
      param,
    )
  if (price.recurring) return price
  throw ApiError.invalid(
    `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
    param,
  )
}

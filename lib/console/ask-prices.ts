import type { ProductId } from '@/lib/ids'
import { listPricesOf } from '@/lib/stripe/prices'
import { askStripe } from './ask-stripe'

/** The prices of a product, on sale or not; or why they are not known. */
export type Prices = { kind: 'prices'; ids: string[] } | { kind: 'none'; remark: string }

/** Asks Stripe for the prices of a product: our records know who pays a price, and not of which product it is. */
export async function askPrices(id: ProductId, operator: { id: string }): Promise<Prices> {
  const asked = await askStripe({ id, operator, reads: 1 }, () =>
    listPricesOf({ kind: 'product', id }),
  )
  if (asked.kind === 'none') return asked
  return { kind: 'prices', ids: asked.value.map((price) => price.id) }
}

import type { Read } from '@/sandbox/http/rule'
import type { ItemChange } from '@/sandbox/lifecycle/subscription/plan-change'
import type { Tx } from '@/sandbox/store/transaction'
import { itemPrice, saysPrice } from './item-price'
import type { ITEM_CHANGE } from './subscription-params'
import { ratesNamed } from './tax-rates'

/** What the `items` of an update, or of a preview, ask for. Throws ApiError 400 for a price that cannot be had. */
export function itemChanges(
  tx: Tx,
  asked: readonly Read<typeof ITEM_CHANGE>[],
  within: string,
): ItemChange[] {
  return asked.map((item, nth) => {
    const param = `${within}[${nth}]`
    const { id, quantity, deleted, metadata, tax_rates } = item
    const change = { id, quantity, deleted, metadata }
    return {
      ...change,
      price: saysPrice(item) ? itemPrice(tx, item, param) : undefined,
      ...(tax_rates === undefined
        ? {}
        : { tax_rates: ratesNamed(tx, tax_rates, `${param}[tax_rates]`) }),
    }
  })
}

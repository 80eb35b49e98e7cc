import type Stripe from 'stripe'
import type { Read } from '@/sandbox/http/rule'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { costOf } from '@/sandbox/lifecycle/price/cost'
import type { ItemChange } from '@/sandbox/lifecycle/subscription/plan-change'
import type { Tx } from '@/sandbox/store/transaction'
import { discountsAsked } from './discount-params'
import { itemPrice, saysPrice } from './item-price'
import type { ITEM_CHANGE } from './subscription-params'
import { ratesNamed } from './tax-rates'

/** Whose items they are: those that are there already can keep their discounts. */
export interface Owner {
  customer: string
  currency: string | undefined
  items: readonly Stripe.SubscriptionItem[]
}

type Asked = Read<typeof ITEM_CHANGE>

/** What the `items` of an update, or of a preview, ask for. Throws ApiError 400 for a price that cannot be had. */
export function itemChanges(
  tx: Tx,
  asked: readonly Asked[],
  within: string,
  owner: Owner,
): ItemChange[] {
  return asked.map((item, nth) => {
    const param = `${within}[${nth}]`
    const { id, quantity, deleted, metadata, tax_rates } = item
    const price = saysPrice(item) ? itemPrice(tx, item, param) : undefined
    const discounts = itemDiscountsAsked(tx, { ...item, price }, owner, param)
    return {
      ...{ id, quantity, deleted, metadata, price },
      ...(tax_rates === undefined
        ? {}
        : { tax_rates: ratesNamed(tx, tax_rates, `${param}[tax_rates]`) }),
      ...(discounts ? { discounts } : {}),
    }
  })
}

/** The discounts that an item is to have for itself alone; undefined when nothing is said of them. */
export function itemDiscountsAsked(
  tx: Tx,
  {
    id,
    price,
    quantity,
    discounts,
  }: Partial<Pick<Asked, 'id' | 'price' | 'quantity' | 'discounts'>>,
  { customer, currency, items }: Owner,
  param: string,
): (string | Grant)[] | undefined {
  if (discounts === undefined) return undefined
  const held = items.find((item) => item.id === id)
  const sold = price === undefined ? held?.price : tx.get('price', price)
  const inCurrency = currency ?? sold?.currency ?? 'usd'
  const amount = sold ? costOf(sold, quantity ?? held?.quantity ?? 1, inCurrency) : 0
  return discountsAsked(tx, discounts, {
    held: held?.discounts ?? [],
    buyer: { customer, amount, currency: inCurrency },
    param: `${param}[discounts]`,
  })
}

import { missing, type Read } from '@/sandbox/http/rule'
import type { Tx } from '@/sandbox/store/transaction'
import { inlinePrice, type PRICE_DATA } from './price-data'
import { recurringPrice } from './recurring-price'

interface Entry {
  price?: string | undefined
  /** What a price was called before there were prices: its id is the same. */
  plan?: string | undefined
  price_data?: Read<{ of: typeof PRICE_DATA }>['of']
}

/** The price that an entry of `items` names or describes. */
export function itemPrice(tx: Tx, { price, plan, price_data }: Entry, param: string): string {
  if (price !== undefined) return recurringPrice(tx, price, `${param}[price]`).id
  if (plan !== undefined) return recurringPrice(tx, plan, `${param}[plan]`).id
  if (price_data) return inlinePrice(tx, price_data, `${param}[price_data]`)
  throw missing(`${param}[price]`)
}

/** Whether an entry says anything about its price. */
export function saysPrice({ price, plan, price_data }: Entry): boolean {
  return price !== undefined || plan !== undefined || price_data !== undefined
}

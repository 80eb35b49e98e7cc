import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** Stands among the discounts of what is only worked out, and keeps out its customer's. */
export const NONE_INHERITED = 'none'

type Held = readonly (string | Stripe.Discount)[] | null

/** The discounts on all of a subscription that still count at `at`: its own, or else its customer's. */
export function discountsOf(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  at: number,
): Readonly<Stripe.Discount>[] {
  const own = wholeDiscounts(tx, subscription.discounts, at)
  return own.length > 0 || inheritsNone(tx, subscription)
    ? own
    : customerDiscounts(tx, idOf(subscription.customer), at)
}

function inheritsNone(
  tx: Tx,
  { discounts, schedule }: Pick<Stripe.Subscription, 'discounts' | 'schedule'>,
): boolean {
  if (discounts.includes(NONE_INHERITED)) return true
  const id = optionalId(schedule)
  const phase = id === null ? null : tx.find('subscription_schedule', id)?.current_phase
  return !!phase && !!tx.find('schedule_terms', id ?? '')?.bare.includes(phase.start_date)
}

/** The discount that a customer has on whatever has none of its own. */
export function customerDiscounts(
  tx: Tx,
  customer: string,
  at: number,
): Readonly<Stripe.Discount>[] {
  return wholeDiscounts(tx, [tx.find('customer', customer)?.discount ?? []].flat(), at)
}

/** The discounts that single items have for themselves alone, and that still count at `at`. */
export function discountsOfItems(
  tx: Tx,
  items: readonly { discounts: Held }[],
  at: number,
): Readonly<Stripe.Discount>[] {
  const all = items.flatMap(({ discounts }) => wholeDiscounts(tx, discounts ?? [], at))
  return [...new Map(all.map((discount) => [discount.id, discount])).values()]
}

/** What is only worked out holds its discounts whole. */
function wholeDiscounts(tx: Tx, held: readonly (string | Stripe.Discount)[], at: number) {
  return held
    .filter((entry) => entry !== NONE_INHERITED)
    .map((entry) => (typeof entry === 'string' ? tx.get('discount', entry) : entry))
    .filter(({ end }) => end === null || end > at)
}

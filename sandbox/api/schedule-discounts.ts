import type Stripe from 'stripe'
import type { Read } from '@/sandbox/http/rule'
import { idOf, optionalId } from '@/sandbox/ids'
import { costOf } from '@/sandbox/lifecycle/price/cost'
import type { PhaseDiscount } from '@/sandbox/objects/subscription-schedule'
import type { Tx } from '@/sandbox/store/transaction'
import { type DISCOUNTS, discountsAsked } from './discount-params'

type Asked = Read<{ discounts: typeof DISCOUNTS }>['discounts']

/** For whom phases are written, and the discounts that can stay in them. */
export interface PhaseOwner {
  customer: string
  held: readonly string[]
}

interface Sold {
  items: readonly { price: string; quantity: number }[]
  currency: string
}

/**
 * The discounts of a phase, or of one of its items, as they were asked for. Throws ApiError 400 for
 * one that cannot be had.
 */
export function phaseDiscountsAsked(
  tx: Tx,
  asked: Asked,
  { customer, held }: PhaseOwner,
  { items, currency }: Sold,
  param: string,
): PhaseDiscount[] {
  const amount = items.reduce(
    (sum, { price, quantity }) => sum + costOf(tx.get('price', price), quantity, currency),
    0,
  )
  discountsAsked(tx, asked, { held, buyer: { customer, amount, currency }, param })
  return (asked ?? []).map(({ coupon = null, discount = null, promotion_code = null }) => ({
    coupon,
    discount,
    promotion_code,
  }))
}

/** The discounts that a schedule can keep: those of its subscription, and those that its phases name. */
export function heldBy(
  tx: Tx,
  { subscription, phases }: Readonly<Stripe.SubscriptionSchedule>,
): string[] {
  const row = subscription === null ? undefined : tx.find('subscription', idOf(subscription))
  const now = row ? [row, ...row.items.data].flatMap(({ discounts }) => discounts.map(idOf)) : []
  const named = phases.flatMap((phase) =>
    [phase, ...phase.items].flatMap(({ discounts }) =>
      discounts.flatMap(({ discount }) => optionalId(discount) ?? []),
    ),
  )
  return [...now, ...named]
}

/** Remembers in which phases the customer's discount does not count: those that were given an empty list. */
export function keepBare(
  tx: Tx,
  { id, phases }: Readonly<Stripe.SubscriptionSchedule>,
  asked: readonly { discounts?: Asked }[],
) {
  const bare = phases.flatMap(({ start_date }, index) =>
    asked[index]?.discounts === null ? start_date : [],
  )
  if (tx.find('schedule_terms', id)) tx.edit('schedule_terms', id).bare = bare
  else if (bare.length > 0) tx.insert('schedule_terms', { id, bare })
}

import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { NONE_INHERITED } from '@/sandbox/lifecycle/discount/of-subscription'
import { discountFor } from '@/sandbox/lifecycle/discount/redeem'
import type { PhaseDiscount } from '@/sandbox/objects/subscription-schedule'
import type { Tx } from '@/sandbox/store/transaction'

type Entry = Stripe.SubscriptionSchedule.Phase.Discount

/**
 * What a phase makes of the discounts that are `held`: ids of those that stay, and coupons that
 * begin. A phase names all that it has. What it had `before` it was changed has begun already,
 * and does not begin again when it is spent.
 */
export function phaseDiscounts(
  tx: Tx,
  held: readonly (string | Stripe.Discount)[],
  asked: readonly Entry[],
  before: readonly Entry[] = [],
): (string | Grant)[] {
  const free = held.map(idOf)
  return asked.map(sayingIds).flatMap((entry): (string | Grant)[] => {
    const index = free.findIndex((id) => isOf(tx.get('discount', id), entry))
    if (index >= 0) return free.splice(index, 1)
    if (before.map(sayingIds).some((was) => same(was, entry))) return []
    return grantsOf(tx, entry)
  })
}

/**
 * A subscription with the discounts that a later phase of its schedule gives it, as they are when
 * that begins. Nothing is written.
 */
export function inPhase(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  schedule: string,
  phase: Readonly<Stripe.SubscriptionSchedule.Phase>,
): Readonly<Stripe.Subscription> {
  const bare = tx.find('schedule_terms', schedule)?.bare.includes(phase.start_date)
  const on = { subscription: subscription.id, customer: subscription.customer }
  const discounts = phaseDiscounts(tx, subscription.discounts, phase.discounts).map((entry) =>
    typeof entry === 'string' ? entry : discountFor(tx, on, entry, phase.start_date),
  )
  // The schedule still stands in the phase before, which says nothing about this one.
  return { ...subscription, schedule: null, discounts: bare ? [NONE_INHERITED] : discounts }
}

/** Discounts that a subscription or an item has, as a phase says that they stay. */
export function staying(discounts: readonly (string | Stripe.Discount)[]): PhaseDiscount[] {
  return discounts.map((held) => ({ coupon: null, discount: idOf(held), promotion_code: null }))
}

function sayingIds({ coupon, discount, promotion_code }: Entry): PhaseDiscount {
  return {
    coupon: optionalId(coupon),
    discount: optionalId(discount),
    promotion_code: optionalId(promotion_code),
  }
}

function same(a: PhaseDiscount, b: PhaseDiscount): boolean {
  return a.coupon === b.coupon && a.discount === b.discount && a.promotion_code === b.promotion_code
}

function isOf({ id, source, promotion_code }: Readonly<Stripe.Discount>, entry: PhaseDiscount) {
  const code = optionalId(promotion_code)
  if (entry.discount !== null) return entry.discount === id
  if (entry.promotion_code !== null) return entry.promotion_code === code
  return code === null && entry.coupon === optionalId(source.coupon)
}

/** A coupon that was good when the phase was written and is not when it begins takes nothing off. */
function grantsOf(tx: Tx, { coupon, promotion_code: promotionCode }: PhaseDiscount): Grant[] {
  const code = promotionCode === null ? null : tx.find('promotion_code', promotionCode)
  const id = code ? optionalId(code.promotion.coupon) : coupon
  if (id === null || !tx.find('coupon', id)?.valid) return []
  return [{ coupon: id, promotionCode }]
}

import type Stripe from 'stripe'
import { idOf } from './read'

type Phase = Stripe.SubscriptionScheduleUpdateParams.Phase
type Schedule = Stripe.SubscriptionSchedule
type Planned = Stripe.SubscriptionSchedule.Phase

/** What an item is for now, and what from the next phase on; `quantity`: absent where it stays as it is. */
export type PhaseChange = { before: string; price: string; quantity?: number }

/**
 * What a subscription is at this moment, as the phase of its schedule that lasts, and the same with another price as
 * the phase that follows. A phase has the discounts, the payment method and the taxes that it names: what it does
 * not name would end with the one before, or go back to what it was when the schedule was made.
 */
export function plannedPhases(
  subscription: Stripe.Subscription,
  { default_settings: defaults }: Schedule,
  { before, price, quantity }: PhaseChange,
): { now: Omit<Phase, 'start_date' | 'end_date'>; next: Phase } {
  const items = subscription.items.data.map((item) => ({
    price: item.price.id,
    quantity: item.quantity ?? 1,
    ...discountsOf(item),
    ...(item.tax_rates?.length ? { tax_rates: item.tax_rates.map(({ id }) => id) } : {}),
  }))
  const rates = subscription.default_tax_rates ?? []
  const method = idOf(subscription.default_payment_method)
  const { enabled } = subscription.automatic_tax
  const kept = {
    ...discountsOf(subscription),
    ...(method ? { default_payment_method: method } : {}),
    ...(rates.length > 0 ? { default_tax_rates: rates.map(({ id }) => id) } : {}),
    ...(enabled === (defaults.automatic_tax?.enabled ?? false)
      ? {}
      : { automatic_tax: { enabled } }),
    proration_behavior: 'none' as const,
  }
  const next = items.map((item) =>
    item.price === before ? { ...item, price, quantity: quantity ?? item.quantity } : item,
  )
  return { now: { items, ...kept }, next: { items: next, ...kept } }
}

/** Whether a phase is what it was to be. */
export function isSamePhase(phase: Planned, wanted: Phase): boolean {
  return asText(givenOf(phase)) === asText(wanted)
}

function givenOf(phase: Planned): Phase {
  return {
    items: phase.items.map((item) => ({
      price: String(idOf(item.price)),
      quantity: item.quantity ?? 1,
      ...namedIn(item.discounts),
      ...(item.tax_rates?.length ? { tax_rates: item.tax_rates.map(({ id }) => id) } : {}),
    })),
    ...namedIn(phase.discounts),
    ...(phase.default_payment_method
      ? { default_payment_method: String(idOf(phase.default_payment_method)) }
      : {}),
    ...(phase.default_tax_rates?.length
      ? { default_tax_rates: phase.default_tax_rates.map(({ id }) => id) }
      : {}),
    ...(phase.automatic_tax ? { automatic_tax: { enabled: phase.automatic_tax.enabled } } : {}),
  }
}

// How prices are carried over is nothing that lasts, and the order of what is named is no difference.
function asText({ items, proration_behavior: _proration, ...phase }: Phase): string {
  const parts = (each: object) => Object.entries(each).toSorted(([a], [b]) => a.localeCompare(b))
  const bought = items.map((item) => JSON.stringify(parts(item))).toSorted()
  return JSON.stringify([bought, parts(phase)])
}

type Held = Pick<Stripe.Subscription | Stripe.SubscriptionItem, 'discounts'>

// By its own id each keeps its end. Where there is none a discount of the customer's own counts.
function discountsOf({ discounts }: Held) {
  const held = (discounts ?? []).map((each) => ({ discount: String(idOf(each)) }))
  return held.length > 0 ? { discounts: held } : {}
}

function namedIn(discounts: Planned['discounts']) {
  const named = discounts.map(({ discount, coupon, promotion_code: code }) => {
    if (discount) return { discount: String(idOf(discount)) }
    return code ? { promotion_code: String(idOf(code)) } : { coupon: String(idOf(coupon)) }
  })
  return named.length > 0 ? { discounts: named } : {}
}

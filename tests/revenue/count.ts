import type Stripe from 'stripe'

/** What one customer is worth at an instant: minor units a month, and the plan. */
export type Worth = { mrr: number; plan: string }

/**
 * Counts by hand what a customer's subscriptions are worth a month, from what the sandbox shows at this very instant.
 * It shares no line with what it checks.
 */
export async function count(stripe: Stripe, customer: string, now: number): Promise<Worth> {
  const { data } = await stripe.subscriptions.list({
    customer,
    status: 'all',
    limit: 100,
    expand: ['data.discounts.source.coupon'],
  })
  let mrr = 0
  let best = 0
  let plan = ''
  for (const subscription of data) {
    const worth = worthOf(subscription, now)
    mrr += worth
    if (worth > best) {
      best = worth
      plan = subscription.items.data[0]?.price.metadata.tier ?? ''
    }
  }
  return { mrr, plan }
}

function worthOf(subscription: Stripe.Subscription, now: number): number {
  const { status, pause_collection: paused, items, discounts } = subscription
  if ((status !== 'active' && status !== 'past_due') || paused) return 0
  let amount = 0
  let months = 1
  for (const { price, quantity } of items.data) {
    months = price.recurring?.interval === 'year' ? 12 : 1
    amount += ((price.unit_amount ?? 0) * (quantity ?? 1)) / months
  }
  for (const each of discounts) {
    if (typeof each === 'string') throw new Error('The discount is not expanded.')
    const { coupon } = each.source
    if (typeof coupon !== 'object' || coupon === null)
      throw new Error('The coupon is not expanded.')
    if (coupon.duration === 'once') continue
    if (each.end !== null && each.end <= now) continue
    if (coupon.percent_off) amount -= (amount * Number(String(coupon.percent_off))) / 100
    else amount = Math.max(0, amount - (coupon.amount_off ?? 0) / months)
  }
  return Math.round(amount)
}

/** What the months' ends of a customer differ by: `month kind before after plan`, a line each. */
export function movements(ends: readonly { month: string; worth: Worth }[]): string[] {
  let before: Worth = { mrr: 0, plan: '' }
  let ever = false
  return ends.flatMap(({ month, worth }) => {
    const was = before
    before = worth.mrr > 0 ? worth : { mrr: 0, plan: '' }
    if (was.mrr === before.mrr && was.plan === before.plan) return []
    const kind = nameOf(was.mrr, before.mrr, ever)
    ever ||= before.mrr > 0
    return [`${month} ${kind} ${was.mrr} ${before.mrr} ${was.plan}>${before.plan}`]
  })
}

function nameOf(from: number, to: number, ever: boolean): string {
  if (from === 0) return ever ? 'reactivation' : 'new'
  if (to === 0) return 'churn'
  if (from === to) return 'move'
  return to > from ? 'expansion' : 'contraction'
}

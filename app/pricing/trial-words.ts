import type { Interval, PaidPlanOf } from '@/lib/catalog/catalog-of'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'

/**
 * What a plan’s trial is, and what follows it; null where it has none. `from`: the day on which it would
 * begin, so that it can say when it ends.
 */
export function trialWords(
  plan: PaidPlanOf<string>,
  interval: Interval,
  from: Date | null,
): string | null {
  const { trialDays = 0, trialWithoutCard = null } = plan
  if (trialDays === 0) return null
  const length = `${trialDays} days free${trialWithoutCard ? ', without a card' : ''}`
  const ends = from && formatDay(new Date(from.getTime() + trialDays * DAY_MS))
  const price = `${formatMoney(plan.prices[interval])} a ${interval}`
  const begin = ends ? `${length}, until ${ends}.` : `${length}.`
  return `${begin} ${follows(plan.name, price, trialWithoutCard)} One trial per person and card.`
}

/** What the button of a plan with a trial says. */
export function trialLabel({ name, trialDays = 0 }: PaidPlanOf<string>): string | null {
  return trialDays === 0 ? null : `Try ${name} for ${trialDays} days`
}

const DAY_MS = 86_400_000

function follows(name: string, price: string, withoutCard: 'cancel' | 'pause' | null): string {
  if (withoutCard === null) return `Then ${price}, unless you cancel before.`
  const what = withoutCard === 'pause' ? 'pauses' : 'ends'
  return `Then ${price} if you have added a card; without one, ${name} ${what}.`
}

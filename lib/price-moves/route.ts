import { INTERVALS } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { tierForPrice } from '@/lib/catalog/tier-for-price'
import { env } from '@/lib/env'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import type { CustomerId, PriceId } from '@/lib/ids'
import { type MovePrice, retrieveMovePrice } from '@/lib/stripe/price-moves'

/** From which price to which, and whom. */
export type Route = {
  from: PriceId
  to: PriceId
  /** Only this one. */
  customer?: CustomerId | undefined
  interval: 'month' | 'year'
  intervalCount: number
  currencies: readonly string[]
}

/**
 * The way from an old price to the current one of the same plan.
 * @throws {NotFound} Stripe does not have one of them
 * @throws {Invalid} they are the same, of different plans or intervals, or the second is not what is sold
 */
export async function routeOf(from: PriceId, to: PriceId, customer?: CustomerId): Promise<Route> {
  if (from === to) throw new Invalid({ internal: `${from} is both the old and the new price.` })
  const [old, current] = await Promise.all([priceNamed(from), priceNamed(to)])
  const tier = tierForPrice(old.label, env().stripe.prices)
  const interval = INTERVALS.find((each) => each === old.interval)
  if (!tier || !interval)
    throw new Invalid({ internal: `${from} is the price of no plan of the catalog.` })
  if (tierForPrice(current.label, env().stripe.prices) !== tier)
    throw new Invalid({
      internal: `${to} is not a price of ${tier}: a price is moved within its plan. Another plan is its customer's choice.`,
    })
  if (current.interval !== old.interval || current.intervalCount !== old.intervalCount)
    throw new Invalid({
      internal: `${to} is not billed as often as ${from}: a price is moved within its interval.`,
    })
  const sold = await priceForTier(tier, interval)
  if (to !== sold || !current.active)
    throw new Invalid({
      internal: `${to} is not what ${tier} by the ${interval} is sold for now: that is ${sold}.`,
    })
  const intervalCount = old.intervalCount ?? 1
  return { from, to, customer, interval, intervalCount, currencies: current.currencies }
}

async function priceNamed(id: PriceId): Promise<MovePrice> {
  try {
    return await retrieveMovePrice(id)
  } catch (error) {
    if (error instanceof NotFound) throw new NotFound({ internal: `Stripe has no price ${id}.` })
    throw error
  }
}

/** @throws {Conflict} the day leaves less notice than is to be given */
export function requireNotice(day: Date, now: Date, noticeDays: number): void {
  if (day.getTime() - now.getTime() >= noticeDays * DAY_MS) return
  const first = new Date(now.getTime() + (noticeDays + 1) * DAY_MS).toISOString().slice(0, 10)
  throw new Conflict({
    internal: `That leaves less than ${noticeDays} days of notice. Say --on ${first} or later, or fewer --notice-days.`,
  })
}

const DAY_MS = 86_400_000

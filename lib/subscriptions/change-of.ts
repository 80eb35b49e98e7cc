import type { Choice } from '@/lib/catalog/parse-choice'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { Conflict } from '@/lib/errors'
import type { LaterChange } from '@/lib/stripe/later-change'
import { type Direction, directionOf } from './direction'
import { type Own, shownStatusOf } from './own-subscription'

/** A change that can be made: of what to what, and when it takes place. */
export type Change = LaterChange & {
  /** On a trial nothing is paid for: a change asks for nothing, whatever it is. */
  when: Exclude<Direction, 'none'> | 'on_trial'
  /** What the item is for until then. */
  before: string
}

/**
 * What it takes to bring a plan to a choice. `at`: business time.
 * @throws {Conflict} it is not in a state to be changed, about to end, paused, or there already
 */
export async function changeOf(own: Own, choice: Choice, at: Date): Promise<Change> {
  const { billing, subscription } = own
  const status = shownStatusOf(own)
  const { cancelAt, cancelAtPeriodEnd, items, pause, latest } = subscription
  if (status === 'processing') throw new Conflict('first_payment_waits')
  if (status !== 'active' && status !== 'trialing') throw new Conflict('pay_first')
  if (cancelAt || cancelAtPeriodEnd) throw new Conflict('plan_is_ending')
  // Stripe would let its invoice pass as well: the plan would move, and nothing be paid for it.
  if (pause || latest?.skipped || billing.money.payment === 'skipped')
    throw new Conflict('resume_first')
  // Two changes at once would be charged both.
  if (billing.waitsFor) throw new Conflict('change_waits')
  const item = items.find(({ priceId }) => priceId === billing.priceId)
  // Our records are behind: the page shows the new state when it is opened again.
  if (!item || !billing.plan) throw new Conflict('plan_moved_on')
  const direction = directionOf({ tier: billing.plan, interval: billing.interval }, choice)
  if (direction === 'none') throw new Conflict('same_plan')
  const when = status === 'trialing' ? 'on_trial' : direction
  return {
    subscription: subscription.id,
    item: item.id,
    before: item.priceId,
    price: await priceForTier(choice.tier, choice.interval),
    quantity: item.quantity ?? 1,
    // Stripe counts in seconds.
    at: new Date(Math.floor(at.getTime() / 1000) * 1000),
    when,
    day: when === 'period_end' ? subscription.currentPeriodEnd : null,
    balanceThen: latest?.draft?.balanceAfter ?? null,
  }
}

import Stripe from 'stripe'
import type { ComingChange } from '@/lib/charge'
import { toUnix } from '@/lib/clock'
import { parseSubscriptionId, type SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'
import { comingChange } from './coming-change'
import { idOf } from './read'

/** Ends a schedule and leaves its subscription as it is now. Safe to repeat: one that has ended stays so. */
export async function releaseSchedule(id: string): Promise<void> {
  await callStripe(async (stripe) => {
    try {
      await stripe.subscriptionSchedules.release(id)
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
      // Another tab was faster: the refusal says so only in words.
      const { status } = await stripe.subscriptionSchedules.retrieve(id)
      if (status === 'active' || status === 'not_started') throw error
    }
  })
}

export type Scheduled = {
  subscriptionId: SubscriptionId
  change: ComingChange
  quantity: number
  /** It changes nothing of what is bought. */
  isSame: boolean
}

/**
 * What a schedule plans for its subscription; null when that is nothing, or the schedule governs it no longer.
 * @throws {NotFound} Stripe does not have it
 */
export async function findScheduled(id: string): Promise<Scheduled | null> {
  const schedule = await callStripe((stripe) => stripe.subscriptionSchedules.retrieve(id))
  const governed = idOf(schedule.subscription)
  if (!governed) return null
  const expand = ['schedule.phases.items.price']
  const subscription = await callStripe((stripe) =>
    stripe.subscriptions.retrieve(governed, { expand }),
  )
  const change = comingChange(subscription)
  if (change?.kind !== 'planned' || idOf(subscription.schedule) !== id) return null
  const next = schedule.phases.find(({ start_date: start }) => start === toUnix(change.at))
  const quantity = next?.items[0]?.quantity ?? 1
  const isSame = subscription.items.data.some(
    ({ price, quantity: now }) => price.id === change.price.id && (now ?? 1) === quantity,
  )
  return { subscriptionId: parseSubscriptionId(governed), change, quantity, isSame }
}

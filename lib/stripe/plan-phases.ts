import Stripe from 'stripe'
import { Conflict } from '@/lib/errors'
import { callStripe } from './call'
import { isSamePhase, type PhaseChange, plannedPhases } from './planned-phases'
import { idOf } from './read'

/** Of a schedule that is ours, in its metadata: how many of what follows are planned. */
const PLANNED = 'planned_quantity'

type Plan = PhaseChange & {
  /** The schedule, where there is one. */
  schedule: string | null
  /** Unix seconds, of a renewal; the end of what is paid for where it is absent. */
  at?: number
  metadata?: Stripe.MetadataParam
}

/**
 * Puts a subscription under a schedule that changes one price of it at a renewal, and nothing else.
 * @returns the schedule's id
 * @throws {NotFound} Stripe does not have the subscription
 * @throws {Conflict} something else is being planned for it at this moment
 */
export async function planPhases(id: string, plan: Plan): Promise<string> {
  return callStripe(async (stripe) => {
    try {
      return await putUnder(stripe, id, plan)
    } catch (error) {
      if (plan.schedule || !(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
      // Of two tabs one makes the schedule, or ends the other's; what Stripe then refuses says so only in words.
      const { schedule } = await stripe.subscriptions.retrieve(id)
      throw schedule ? new Conflict('plan_moved_on') : error
    }
  })
}

async function putUnder(
  stripe: Stripe,
  id: string,
  { schedule: made, at, metadata, ...change }: Plan,
): Promise<string> {
  const schedule = made
    ? await stripe.subscriptionSchedules.retrieve(made)
    : await stripe.subscriptionSchedules.create({ from_subscription: id })
  const [phase] = schedule.phases
  if (!phase) throw new Error(`The schedule ${schedule.id} has no phase.`)
  const subscription = await stripe.subscriptions.retrieve(id)
  const { now, next } = plannedPhases(subscription, schedule, change)
  const planned = next.items.find(({ price }) => price === change.price)
  await stripe.subscriptionSchedules.update(schedule.id, {
    // Once it has changed nothing is planned any more, and the subscription goes on by itself.
    end_behavior: 'release',
    proration_behavior: 'none',
    metadata: { ...metadata, [PLANNED]: String(planned?.quantity ?? 1) },
    phases: [
      { ...now, start_date: phase.start_date, end_date: at ?? phase.end_date },
      { ...next, duration: await lengthOf(stripe, change.price) },
    ],
  })
  return schedule.id
}

/**
 * Brings what is planned for a subscription in line with what it is by now: a discount that came or went, another
 * payment method, seats, items or taxes. Schedules that are not ours, or whose quantity another hand has planned, are
 * left as they are in that.
 * @returns whether anything was planned otherwise
 * @throws {NotFound} Stripe does not have the subscription
 */
export async function replanPhases(id: string): Promise<boolean> {
  return callStripe(async (stripe) => {
    const subscription = await stripe.subscriptions.retrieve(id, { expand: ['schedule'] })
    const found = ownPlan(subscription)
    if (!found) return false
    const { schedule, current, following, change } = found
    const { now, next } = plannedPhases(subscription, schedule, change)
    if (isSamePhase(following, next)) return false
    const planned = next.items.find(({ price }) => price === change.price)
    const byHand = change.quantity !== undefined
    await stripe.subscriptionSchedules.update(schedule.id, {
      ...(byHand ? {} : { metadata: { [PLANNED]: String(planned?.quantity ?? 1) } }),
      proration_behavior: 'none',
      phases: [
        { ...now, start_date: current.start_date, end_date: current.end_date },
        { ...next, end_date: following.end_date },
      ],
    })
    return true
  })
}

function ownPlan({ schedule, items }: Stripe.Subscription) {
  if (!schedule || typeof schedule === 'string') return null
  const { current_phase: current, metadata, phases } = schedule
  const following = phases.find(({ start_date: start }) => start === current?.end_date)
  const wrote = metadata?.[PLANNED]
  if (!current || !following || wrote === undefined) return null
  const have = items.data.map(({ price }) => price.id)
  const then = following.items.map((item) => ({ ...item, price: String(idOf(item.price)) }))
  const next = then.find(({ price }) => !have.includes(price))
  const lasting = phases.find(({ start_date: start }) => start === current.start_date)
  const before = lasting?.items
    .map(({ price }) => String(idOf(price)))
    .find((price) => !then.some((item) => item.price === price))
  // Changed past it: what is bought now is not what the plan was made for.
  if (!next || !before || !have.includes(before)) return null
  const byHand = String(next.quantity ?? 1) !== wrote
  const change = {
    ...{ before, price: next.price },
    ...(byHand ? { quantity: next.quantity ?? 1 } : {}),
  }
  return { schedule, current, following, change }
}

// A phase of one period of its price: after it the schedule lets go.
async function lengthOf(stripe: Stripe, price: string) {
  const { recurring } = await stripe.prices.retrieve(price)
  if (!recurring) throw new Error(`The price ${price} is for once.`)
  const { interval, interval_count } = recurring
  return { interval, interval_count }
}

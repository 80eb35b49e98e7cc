import { isForeign } from '@/lib/stripe/foreign'
import type { MovableSubscription } from '@/lib/stripe/price-moves'

/** Why a subscriber stays at the old price, in words for an operator. */
export const LEFT_OUT = {
  moving: 'a move is under way already',
  foreign: 'it belongs to another application or environment',
  other_price: 'it is at another price by now',
  canceling: 'it is set to end',
  trialing: 'it is on trial: move it once the trial is over',
  not_active: 'it is not paid: past due, unpaid, paused or not begun',
  paused: 'its collection is paused',
  waits: 'a change of plan waits for its payment',
  scheduled: 'a schedule decides about it already',
  items: 'it has other items, or no quantity',
  currency: 'the new price has no amount in its currency',
  no_reader: 'it has no workspace, so no one would be notified',
} as const

export type LeftOut = keyof typeof LEFT_OUT

/** What decides whether a subscription is moved. `moveId`: of the row, once there is one. */
export type Rules = {
  from: string
  currencies: readonly string[]
  appEnv: string
  moveId?: string
}

/** Why a subscription is not moved to another price; null where it is. Pure. */
export function leftOut(one: MovableSubscription, rules: Rules): LeftOut | null {
  const { items, schedule, status } = one
  if (isForeign(one.metadata, rules.appEnv)) return 'foreign'
  if (!items.some(({ priceId }) => priceId === rules.from)) return 'other_price'
  if (one.isCanceling) return 'canceling'
  if (status === 'trialing') return 'trialing'
  if (status !== 'active') return 'not_active'
  if (one.isCollectionPaused) return 'paused'
  if (one.isChangePending) return 'waits'
  if (schedule && !isOwn(schedule, rules.moveId)) return 'scheduled'
  if (items.length !== 1 || items[0]?.quantity === null) return 'items'
  return rules.currencies.includes(one.currency) ? null : 'currency'
}

// One that has a single phase and no name is what an interrupted call of ours leaves.
function isOwn({ moveId, phases }: NonNullable<MovableSubscription['schedule']>, own?: string) {
  if (own === undefined) return false
  return moveId === own || (moveId === null && phases === 1)
}

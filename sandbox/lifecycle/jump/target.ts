import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { later } from '@/sandbox/lifecycle/periods'
import { endsAt, hasEnded, nextBillingAt } from '@/sandbox/lifecycle/subscription/period'
import type { Store } from '@/sandbox/store/store'

/** Where the clock can jump to, named by what a person wants to see. */
export const JUMPS = [
  'trial_end',
  'decline',
  'renewal',
  'three_d_secure',
  'dispute',
  'day',
  'month',
] as const
export type Jump = (typeof JUMPS)[number]

const DAY = 86_400
// A renewal's invoice is a draft for an hour; the minute after it is when a person sees what came of it.
const DRAFT_HOUR = 3600
const MINUTE = 60

/** Where a jump leads from `now`, in Unix seconds; null when the subscription has no such thing ahead. */
export function jumpTarget(
  store: Store,
  jump: Jump,
  now: number,
  row: Readonly<Stripe.Subscription> | null,
): number | null {
  if (jump === 'day') return now + DAY
  if (jump === 'month') return later(now, { interval: 'month', interval_count: 1 }, 1)
  if (!row || hasEnded(row)) return null
  if (jump === 'trial_end') return row.status === 'trialing' ? chargeAt(store, row) : null
  if (jump === 'renewal') return row.status === 'active' ? chargeAt(store, row) : null
  return chargeAt(store, row)
}

/** A minute after a subscription is charged next; null when it is not. */
function chargeAt(store: Store, row: Readonly<Stripe.Subscription>): number | null {
  const ends = endsAt(row)
  const renewal = ends === null ? nextBillingAt(row) + DRAFT_HOUR + MINUTE : null
  if (row.status === 'trialing' || row.status === 'active') return renewal
  if (row.status !== 'past_due') return null
  const invoice = store.find('invoice', optionalId(row.latest_invoice) ?? '')
  const retry = invoice?.next_payment_attempt ?? null
  return retry === null ? renewal : retry + MINUTE
}

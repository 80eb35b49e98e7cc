import { billedText } from '@/app/settings/billing/interval-text'
import { isLive } from '@/app/settings/billing/plan-state'
import type { Billing } from '@/lib/billing/billing'
import type { Choice } from '@/lib/catalog/parse-choice'
import { type Interval, isPaidTier, PLANS, type Tier } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { directionOf } from '@/lib/subscriptions/direction'

/**
 * What a press does. `confirm`: leads to the review of a change. `keep`: takes a planned end back. `undo`: takes
 * a planned change back. `billing`: leads to where what stands in the way is put right. Null: there
 * is nothing to press.
 */
type Act = 'confirm' | 'keep' | 'undo' | 'billing' | null

export type Offered = {
  act: Act
  /** Null: there is no button. */
  label: string | null
  note: string
  primary: boolean
}

/** What a subscriber is offered with a plan and an interval: which way it goes, and when. */
export function offerOf(billing: Billing, choice: Choice & { tier: Tier }): Offered {
  const { tier, interval, status } = billing
  const from = billing.plan ?? tier
  const stuck = inTheWay(billing, isOwn(billing, choice))
  if (stuck) return stuck
  const coming = comingOf(billing, choice)
  if (coming) return coming
  // Two changes at once would be charged both.
  if (billing.waitsFor && !isOwn(billing, choice))
    return note(`Not while ${PLANS[billing.waitsFor].name} waits for its payment`)
  const direction = directionOf({ tier: from, interval }, choice)
  if (direction === 'none') return note('You are on this plan.')
  const { name } = PLANS[choice.tier]
  const isInterval = from === choice.tier
  const label = isInterval
    ? `Switch to ${INTERVAL[choice.interval]}`
    : direction === 'now'
      ? `Upgrade to ${name}`
      : `Switch to ${name}`
  if (status === 'trialing')
    return { act: 'confirm', label, note: 'Your trial goes on as it is', primary: true }
  return direction === 'now'
    ? { act: 'confirm', label, note: 'At once; you see the amount first', primary: true }
    : { act: 'confirm', label, note: 'With your next period', primary: false }
}

/** Whether a choice is what the subscriber has now, by plan and interval. */
function isOwn({ plan, interval }: Billing, choice: Choice): boolean {
  return plan === choice.tier && interval === choice.interval
}

// Stripe's word for an interval, as the radios of the plans say it.
const INTERVAL: Record<Interval, string> = { month: 'monthly', year: 'yearly' }

/** A change that is refused as things stand: what has to be done before it, at the plan that it is about. */
function inTheWay(billing: Billing, own: boolean): Offered | null {
  const { plan, status, isCanceling, cancelAt, currentPeriodEnd, collectionPaused, money } = billing
  // Its price is none of ours: a plan that is not sold any more, or one that was agreed on at Stripe.
  if (!plan) return go('See your plan', 'Your own plan is none of these')
  // What is paused and set to end is kept first: it cannot be resumed before.
  const isKept = isCanceling && status === 'paused'
  if (status !== 'active' && status !== 'trialing' && !isKept) {
    // What a bank has the order to pay cannot be paid again: there is nothing to press at the plan.
    const first = billing.open?.isProcessing ? FIRST.processing : FIRST[status]
    const { label, meanwhile } = first ?? UNCLEAR
    if (!own) return note(meanwhile)
    return label ? { ...go(label, 'Your plan'), primary: true } : note(meanwhile)
  }
  const { name } = PLANS[plan]
  const isHeld = collectionPaused || (status === 'active' && money.payment === 'skipped')
  if (!isCanceling) return isHeld ? resumeFirst(own) : null
  if (!own) return note(`Keep ${name} first, and then ${isKept ? 'resume' : 'change'} it`)
  const day = cancelAt ?? currentPeriodEnd
  const ends = day ? `Ends on ${formatDay(day)}` : 'It is set to end'
  return { act: 'keep', label: `Keep ${name}`, note: ends, primary: true }
}

// A change would be asked for with the rest, which no one is to pay.
function resumeFirst(own: boolean): Offered {
  const { label, meanwhile } = PAUSED
  return own ? { ...go(label, 'Your plan'), primary: true } : note(meanwhile)
}

type First = { label: string | null; meanwhile: string }

const PAUSED = { label: 'Resume your plan', meanwhile: 'Resume your plan first' }
const UNCLEAR: First = { label: 'See your plan', meanwhile: 'Not while your plan is being checked' }

// In these a plan cannot be changed: what its owner does first, and what is said at the others meanwhile.
const FIRST: Partial<Record<Billing['status'], First>> = {
  past_due: { label: 'Pay what is open', meanwhile: 'Pay what is open first' },
  unpaid: { label: 'Pay what is open', meanwhile: 'Pay what is open first' },
  incomplete: { label: 'Confirm the payment', meanwhile: 'Confirm your first payment first' },
  paused: PAUSED,
  processing: { label: null, meanwhile: 'Your payment is on its way' },
}

/**
 * A change that is planned, or waits for its payment: at the plan that stands until then, and at
 * the one that follows.
 */
function comingOf(billing: Billing, choice: Choice): Offered | null {
  const coming = billing.next.kind === 'charge' ? billing.next.coming : null
  const waits = coming?.kind === 'waits' ? coming : null
  const waitsFor = waits?.tier ?? billing.waitsFor
  if (waitsFor === choice.tier && (!waits?.interval || waits.interval === choice.interval))
    return { ...go('See the payment', 'It waits for its payment'), primary: true }
  if (coming?.kind !== 'planned') return null
  const day = formatDay(coming.at)
  if (coming.tier === choice.tier && coming.interval === choice.interval)
    return note(`Planned: begins on ${day}`)
  if (!isOwn(billing, choice)) return null
  const { name } = PLANS[choice.tier]
  const to = coming.tier && coming.tier !== choice.tier ? PLANS[coming.tier].name : null
  const next = to ?? billedText(coming) ?? 'another plan'
  const label = to ? `Keep ${name}` : `Keep ${name} ${INTERVAL[choice.interval]}`
  return { act: 'undo', label, note: `Changes to ${next} on ${day}`, primary: true }
}

/** What stands beside the name of a plan, for this user; undefined: nothing. */
export function markOf(billing: Billing, tier: Tier): string | undefined {
  if (!isLive(billing)) return tier === billing.tier ? 'Current plan' : undefined
  if (!isPaidTier(tier) || billing.plan !== tier) return undefined
  // It is theirs, and gives nothing for now: unpaid, paused, not yet begun.
  return billing.access === 'none' ? 'Your plan' : 'Current plan'
}

function go(label: string, say: string): Offered {
  return { act: 'billing', label, note: say, primary: false }
}

function note(say: string): Offered {
  return { act: null, label: null, note: say, primary: false }
}

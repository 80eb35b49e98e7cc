import type { Billing } from '@/lib/billing/billing'
import { FREE } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import { owedOf } from '@/lib/owed'
import { planName } from './plan-state'
import {
  alsoEnds,
  cardAction,
  danger,
  eachByItself,
  onItsWay,
  payAction,
  type Strip,
  several,
} from './strip'

/** A payment that failed: what is due, until when the plan stays on, and the way to pay it. */
export function pastDueStrip(b: Billing): Strip {
  const off = b.access === 'none'
  const until = earliest(b.graceUntil, b.cancelAt)
  const stays = until
    ? `${planName(b)} stays on until ${formatDay(until)}; after that the limits of ${FREE.name} apply. `
    : `${planName(b)} stays on for now. `
  if (b.open?.isProcessing)
    return {
      ...calmly('past_due', `${formatMoney(b.open.remaining)} for ${planName(b)} is on its way.`),
      detail: `${onItsWay(b.open)} ${off ? `The limits of ${FREE.name} apply until it is there, and your data is safe.` : stays.trim()}${alsoEnds(b)}`,
    }
  return danger(
    'past_due',
    off
      ? `${planName(b)} is off: ${theOpen(b)} has not come through.`
      : `We could not charge ${b.open ? `${formatMoney(owedOf(b.open))} to ` : ''}your card.`,
    {
      detail: `${since(b)}${off ? 'Your data is safe. ' : stays}${nextTry(b, off)}${several(b)}${alsoEnds(b)}`,
      action: payAction(b.open),
      also: cardAction(b),
      ...eachByItself(b),
    },
  )
}

/** What was late is with its bank: nothing is to be done. */
export function calmly(kind: Strip['kind'], title: string): Omit<Strip, 'detail'> {
  return { kind, tone: 'info', icon: 'clock', title, action: null }
}

// Whether Stripe goes on by itself decides what has to be done.
function nextTry({ open }: Billing, off: boolean): string {
  if (!open) return 'If the card has expired or was refused, change it.'
  return open.nextAttempt
    ? `Your bank is asked again on ${formatDay(open.nextAttempt)}; if the card has expired or was refused, change it before.`
    : `Your bank is not asked again by itself: pay it, and the plan ${off ? 'comes back' : 'goes on'}.`
}

/** Stripe's amount, or none: the price of the plan is not what is owed. */
export function theOpen({ open }: Billing): string {
  return open ? `the payment of ${formatMoney(owedOf(open))}` : 'the open payment'
}

function earliest(...days: (Date | null)[]): Date | null {
  const known = days.filter((day) => day !== null)
  return known.length > 0 ? new Date(Math.min(...known.map(Number))) : null
}

/** Since when it has been due, as a sentence of its own. */
export function since({ pastDueSince }: Billing): string {
  return pastDueSince ? `It has been due since ${formatDay(pastDueSince)}. ` : ''
}

import type { Billing } from '@/lib/billing/billing'
import { FREE } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import { planName } from './plan-state'
import { cardAction, danger, onItsWay, payAction, type Strip } from './strip'

/** A payment that failed: what is due, until when the plan stays on, and the way to pay it. */
export function pastDueStrip(b: Billing): Strip {
  const off = b.access === 'none'
  const until = earliest(b.graceUntil, b.cancelAt)
  const stays = until
    ? `${planName(b)} stays on until ${formatDay(until)}; after that the limits of ${FREE.name} apply. `
    : `${planName(b)} stays on for now. `
  const ends = b.cancelAt ? ` It is set to end on ${formatDay(b.cancelAt)}.` : ''
  return danger(
    'past_due',
    off || b.open?.isProcessing
      ? `${off ? `${planName(b)} is off: ` : ''}${sentence(theOpen(b), off)} has not come through.`
      : `We could not charge ${b.open ? `${formatMoney(b.open.remaining)} to ` : ''}your card.`,
    {
      detail: `${since(b)}${off ? 'Your data is safe. ' : stays}${nextTry(b, off)}${ends}`,
      action: payAction(b.open),
      also: cardAction(b),
    },
  )
}

// Whether Stripe goes on by itself decides what has to be done.
function nextTry(b: Billing, off: boolean): string {
  const { open } = b
  if (open?.isProcessing) return onItsWay(b).trim()
  if (!open) return 'If the card has expired or was refused, change it.'
  return open.nextAttempt
    ? `Your bank is asked again on ${formatDay(open.nextAttempt)}; if the card has expired or was refused, change it before.`
    : `Your bank is not asked again by itself: pay it, and the plan ${off ? 'comes back' : 'goes on'}.`
}

/** Stripe's amount, or none: the price of the plan is not what is owed. */
export function theOpen({ open }: Billing): string {
  return open ? `the payment of ${formatMoney(open.remaining)}` : 'the open payment'
}

function sentence(text: string, inside: boolean): string {
  return inside ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function earliest(...days: (Date | null)[]): Date | null {
  const known = days.filter((day) => day !== null)
  return known.length > 0 ? new Date(Math.min(...known.map(Number))) : null
}

/** Since when it has been due, as a sentence of its own. */
export function since({ pastDueSince }: Billing): string {
  return pastDueSince ? `It has been due since ${formatDay(pastDueSince)}. ` : ''
}

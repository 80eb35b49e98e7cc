import { cardText } from '@/app/components/card-text'
import type { Billing } from '@/lib/billing/billing'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import { isLive } from './plan-state'
import { cardAction, type Strip } from './strip'

/**
 * A card that is over by the day of the next charge: what would fail, and when. Null where another
 * one pays, or none.
 */
export function cardStrip(billing: Billing): Strip | null {
  const { next } = billing
  if (next.kind !== 'charge' || !isLive(billing)) return null
  const { at, due: amount, currency, paidWith } = next.charge
  if (paidWith?.kind !== 'card' || !paidWith.expiresAt || paidWith.expiresAt > at) return null
  // Good to the end of its month: its last day is the one before.
  const last = formatDay(new Date(paidWith.expiresAt.getTime() - 1))
  const what = amount > 0 ? formatMoney({ amount, currency }) : 'what follows'
  return {
    kind: 'card_expires',
    tone: 'warn',
    icon: 'alert',
    title: `${cardText(paidWith)} is good until ${last}, and the next charge is on ${formatDay(at)}.`,
    detail: `Without another card ${what} may not be charged then.`,
    action: cardAction(billing, 'Change card'),
  }
}

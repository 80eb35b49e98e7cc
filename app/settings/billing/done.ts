import type { Billing } from '@/lib/billing/billing'
import { PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import { isLive, isOnItsWay, planName } from './plan-state'

export const DONE = [
  'canceled',
  'kept',
  'paused',
  'resumed',
  'paid',
  'nothing_open',
  'changed',
  'planned',
  'undone',
  'card',
  'on_its_way',
  'ordered',
  'waits',
  'looked',
] as const

/** What the user just did. An address can be made up, so the page checks it before showing it. */
export type Done = (typeof DONE)[number]

export function readDone(query: unknown): Done | null {
  return DONE.find((known) => known === query) ?? null
}

/** What to say of it, by the current billing; null where that does not confirm it. */
export function doneText(done: Done, billing: Billing): string | null {
  const { status, isCanceling, collectionPaused, cancelAt, stale, open, waitsFor } = billing
  const name = planName(billing)
  const inOrder = status === 'active' || status === 'trialing'
  if (stale) return null
  switch (done) {
    case 'canceled':
      if (status === 'canceled') return 'Your plan is canceled.'
      return isCanceling && cancelAt
        ? `Canceled. ${name} stays on until ${formatDay(cancelAt)}.`
        : null
    case 'kept':
      return isLive(billing) && !isCanceling ? `You keep ${name}.` : null
    case 'paused':
      return collectionPaused ? `${name} is set to pause.` : null
    case 'resumed':
      return inOrder && !collectionPaused ? `${name} goes on.` : null
    case 'paid':
      return inOrder && !isOnItsWay(billing) ? `Paid. ${name} is on.` : null
    case 'ordered':
      return open?.isProcessing || isOnItsWay(billing)
        ? `Your bank was asked for ${open ? formatMoney(open.remaining) : `the payment of ${name}`}, and answers in some days. Until then there is nothing to pay.`
        : null
    case 'waits':
      return waitsFor
        ? `Your bank was asked for the payment of ${PLANS[waitsFor].name}. You are on ${name} until it arrives.`
        : null
    case 'nothing_open':
      return inOrder ? `Nothing is open any more. ${name} is on.` : null
    case 'changed':
      return inOrder && !isCanceling && !waitsFor ? `You are on ${name} now.` : null
    // The page itself shows a planned change, with its day from Stripe.
    case 'planned':
    case 'undone':
      return null
    case 'looked':
      return status === 'unknown'
        ? 'Stripe still reports a state that this page does not know. Support can look at it.'
        : 'This page shows what Stripe says now.'
    case 'card':
      return isLive(billing) ? `${name} is charged to your new card from now on.` : null
    case 'on_its_way':
      return isLive(billing)
        ? `${name} is charged to your new card from now on. What is open is on its way from your bank, and was not charged again.`
        : null
  }
}

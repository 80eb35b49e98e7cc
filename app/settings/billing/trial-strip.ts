import type { Billing } from '@/lib/billing/billing'
import { formatDay } from '@/lib/day'
import { formatMoney, type Money } from '@/lib/money'
import { planName } from './plan-state'
import { calm, cardAction, type Strip } from './strip'

/** A trial that will go on: when it ends, and what that will cost. */
export function trialStrip(b: Billing, trialEnd: Date): Strip {
  if (isFree(b, trialEnd))
    return calm('trial', `Your trial ends on ${formatDay(trialEnd)}.`, {
      detail: 'Nothing is charged on that day either, because charging is paused until after it.',
      tone: 'info',
      icon: 'clock',
    })
  const { charge = null, withoutCard = null } = b.trialEnding ?? {}
  return calm('trial', `Your trial ends on ${formatDay(trialEnd)}.`, {
    detail: `${atTheEnd(planName(b), charge, withoutCard)}Nothing is charged before that day.`,
    tone: 'info',
    icon: 'clock',
    action: withoutCard ? cardAction(b, 'Add a card') : null,
  })
}

/** Whether collection is paused beyond the end of a trial: what it would have cost on that day is let pass. */
export function isFree({ collectionPaused }: Billing, trialEnd: Date): boolean {
  if (!collectionPaused) return false
  return collectionPaused.resumesAt === null || collectionPaused.resumesAt > trialEnd
}

// Stripe's amount for that day, with discounts and credit; nothing of it is guessed from the price.
function atTheEnd(
  plan: string,
  charge: Money | null,
  withoutCard: NonNullable<Billing['trialEnding']>['withoutCard'],
): string {
  if (charge?.amount === 0) return `${plan} goes on after it, and nothing is due on that day. `
  if (withoutCard === 'pause' || withoutCard === 'cancel')
    return `There is no card on file, so ${plan} ${withoutCard === 'pause' ? 'pauses' : 'ends'} then. `
  if (!charge) return ''
  const amount = formatMoney(charge)
  return withoutCard
    ? `${amount} is due then, and there is no card on file yet. `
    : `${amount} is charged then, unless you cancel before. `
}

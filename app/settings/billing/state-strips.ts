import { type Billing, canUse } from '@/lib/billing/billing'
import { BRAND } from '@/lib/brand'
import { planWithMoreUses } from '@/lib/catalog/plan-with-more-uses'
import { FREE, INTERVALS, type PaidTier } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import { disputeStrip } from './dispute-strip'
import { duplicateStrip } from './duplicate-strip'
import { moneyStrip } from './money-strips'
import { pausedStrip } from './paused-strip'
import { calmly, pastDueStrip, since, theOpen } from './payment-strip'
import { isLive, isOff, planName } from './plan-state'
import { offerOf } from './plans/offer-of'
import { stillCharged } from './still-charged'
import {
  alsoEnds,
  calm,
  cardAction,
  danger,
  eachByItself,
  onItsWay,
  payAction,
  type Strip,
  type StripAction,
  several,
} from './strip'
import { trialStrip } from './trial-strip'

/**
 * What a person must know about their plan, the most urgent first; nothing for an active
 * plan in order. Amount, date, consequence, in that order, as far as each is known.
 */
export function stateStrips(billing: Billing): Strip[] {
  const money = moneyStrip(billing)
  // For a payment that never came, the payment's state says more than the status.
  const said = money?.kind === 'ended'
  const endsFirst = money?.kind === 'paused' || money?.kind === 'returned'
  const isPaused = billing.status === 'paused'
  return [
    said ? money : duty(billing),
    duplicateStrip(billing),
    // What is charged later, or on again with the next payment, is only for one that goes on.
    endsFirst ? ending(billing) : null,
    said ? null : money,
    // What is off by its status comes back otherwise than by a greater plan.
    isPaused ? rest(billing) : null,
    limit(billing),
    endsFirst ? null : ending(billing),
    said || isPaused ? null : rest(billing),
    // It asks for nothing, and waits for others.
    disputeStrip(billing),
  ].filter((strip) => strip !== null)
}

function duty(b: Billing): Strip | null {
  if (b.status === 'unpaid' && b.open?.isProcessing)
    return {
      ...calmly('unpaid', `${formatMoney(b.open.remaining)} for ${planName(b)} is on its way.`),
      detail: `${onItsWay(b.open)} ${planName(b)} is off until it is there. Your data is safe, and everything comes back with it.${alsoEnds(b)}`,
    }
  if (b.status === 'unpaid') {
    return danger('unpaid', `${planName(b)} is off until ${theOpen(b)} is paid.`, {
      detail: `${since(b)}Your data is safe, and everything comes back as soon as it is paid.${several(b)}${alsoEnds(b)}`,
      action: payAction(b.open, (amount) => `Pay ${amount} and restore`, 'Pay and restore'),
      also: cardAction(b),
      ...eachByItself(b),
    })
  }
  if (b.status === 'past_due') return pastDueStrip(b)
  if (b.status === 'incomplete' && b.open?.isProcessing)
    return {
      ...calmly('incomplete', `${planName(b)} starts when its first payment is there.`),
      detail: `${onItsWay(b.open)} Until then the limits of ${FREE.name} apply.${alsoEnds(b)}`,
      out: { to: 'cancel', label: 'Give it up' },
    }
  if (b.status === 'incomplete') {
    return {
      kind: 'incomplete',
      tone: 'warn',
      icon: 'alert',
      title: 'Your bank has not confirmed the first payment.',
      detail: `You have not been charged, and the plan starts once it is confirmed. Without that it expires after 23 hours; give it up, and you can choose another plan at once.${alsoEnds(b)}`,
      action: b.open?.payUrl
        ? { to: 'invoice', label: 'Confirm with your bank', url: b.open.payUrl }
        : payAction(b.open, (amount) => `Pay ${amount}`, 'Confirm with your bank'),
      also: cardAction(b),
      out: { to: 'cancel', label: 'Give it up' },
    }
  }
  return null
}

function limit(b: Billing): Strip | null {
  const { usage } = b
  if (usage.used < usage.limit) return null
  const more = isOff(b) ? null : planWithMoreUses(b.tier)
  const better = more && isSold(b, more.tier) ? more : null
  return {
    kind: 'limit',
    ...(canUse(b) ? { tone: 'info', icon: 'info' } : { tone: 'warn', icon: 'alert' }),
    title: `All ${usage.limit.toLocaleString('en-US')} uses of this month are spent.`,
    detail: whatNow(usage),
    action: better && { to: 'plans', label: `Upgrade to ${better.name}` },
  }
}

// What is late, paused or set to end is put in order first, and what they have, or have bought, is no upgrade.
function isSold(b: Billing, tier: PaidTier): boolean {
  if (tier === b.plan || tier === b.waitsFor) return false
  return (
    !isLive(b) || INTERVALS.some((each) => offerOf(b, { tier, interval: each }).act === 'confirm')
  )
}

function whatNow({ credits, overage, resetsAt }: Billing['usage']): string {
  const day = formatDay(resetsAt)
  if (credits > 0)
    return `What you use now is taken from your ${credits.toLocaleString('en-US')} credits. The uses of your plan start again on ${day}.`
  if (overage === 'allow')
    return `What you use now is counted, and nothing stops. They start again on ${day}.`
  return `New ones are possible from ${day}.`
}

function inOrder({ status }: Billing): boolean {
  return status === 'active' || status === 'trialing'
}

function ending(b: Billing): Strip | null {
  const date = b.cancelAt ?? b.currentPeriodEnd
  if (!b.isCanceling || !inOrder(b) || !date) return null
  // A change that is not paid yet is charged before that day, if it is paid at all.
  const asks = b.waitsFor !== null || (b.next.kind === 'charge' && b.next.coming?.kind === 'waits')
  const charged =
    stillCharged(b) ?? (asks ? 'It is not renewed.' : 'You will not be charged again.')
  return {
    kind: 'ending',
    tone: 'warn',
    icon: 'power',
    title: `${planName(b)} ends on ${formatDay(date)}.`,
    detail: `${charged} Until that day nothing changes; after it you are on ${FREE.name}.`,
    action: { to: 'keep', label: `Keep ${planName(b)}` },
  }
}

function rest(b: Billing): Strip | null {
  switch (b.status) {
    case 'trialing':
      return b.isCanceling || !b.trialEnd ? null : trialStrip(b, b.trialEnd)
    case 'paused':
      return pausedStrip(b)
    case 'canceled':
      return calm(
        'ended',
        b.endedAt ? `Your plan ended on ${formatDay(b.endedAt)}.` : 'Your plan has ended.',
        {
          detail: `You are on ${FREE.name} and will not be charged. Your data is kept.`,
          action: { to: 'plans', label: 'Choose a plan' },
        },
      )
    case 'incomplete_expired':
      return calm('ended', 'The payment was not completed, so the plan did not start.', {
        detail: 'You were not charged.',
        action: { to: 'plans', label: 'Choose a plan' },
      })
    case 'unknown':
      return calm('unknown', 'Stripe reports a state that this page does not know yet.', {
        detail: `The limits of ${FREE.name} apply until we have looked at it. Nothing was canceled.`,
        tone: 'info',
        icon: 'info',
        action: { to: 'look', label: 'Ask Stripe again' },
        ...(BRAND.supportEmail ? { also: writeTo(BRAND.supportEmail) } : {}),
      })
    default:
      return null
  }
}

function writeTo(address: string): StripAction {
  const subject = encodeURIComponent('A state of my plan that the billing page does not know')
  return { to: 'write', label: 'Write to support', url: `mailto:${address}?subject=${subject}` }
}

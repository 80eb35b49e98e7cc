import type { Billing } from '@/lib/billing/billing'
import { FREE, PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { collectionPausedStrip, skippedStrip } from './collection-strip'
import { isLive, isOnItsWay, neverBegan, planName } from './plan-state'
import { alsoEnds, arrival, cardAction, onItsWay, payAction, type Strip } from './strip'

/** What is to be said where the money, and not the status, decides: a debit on its way, or none collected. */
export function moneyStrip(billing: Billing): Strip | null {
  const { status, money } = billing
  if (status === 'processing') return processing(billing)
  if (neverBegan(billing) || (money.owes === 'first' && status === 'canceled'))
    return neverStarted(billing)
  const goesOn = status === 'active' || status === 'trialing'
  if (billing.collectionPaused && goesOn) return collectionPausedStrip(billing)
  if (status === 'active' && billing.access === 'none')
    return money.payment === 'skipped' ? skippedStrip(billing) : returned(billing)
  // Of one that is late the strip above asks for what is open, whatever it is for.
  if (billing.waitsFor && goesOn) return changeWaits(billing)
  return isOnItsWay(billing) ? ordered(billing) : null
}

function processing(b: Billing): Strip {
  const { owedSince } = b.money
  const started = owedSince ? `It was started on ${formatDay(owedSince)}. ` : ''
  const usually = owedSince ? `, usually by ${formatDay(arrival(owedSince))}` : ''
  return {
    kind: 'processing',
    tone: 'info',
    icon: 'clock',
    title: `Your bank is processing the payment for ${planName(b)}.`,
    detail: `${started}${planName(b)} starts when the money arrives${usually}. Until then the limits of ${FREE.name} apply, and there is nothing for you to do.${alsoEnds(b)}`,
    action: null,
  }
}

// It is on before the money is there: a renewal, or a first payment where the catalog's policy waits for none.
function ordered(b: Billing): Strip {
  const { owedSince, owes } = b.money
  const started = owedSince ? `It was started on ${formatDay(owedSince)}. ` : ''
  const usually = owedSince ? `, usually by ${formatDay(arrival(owedSince))}` : ''
  const first = owes !== 'renewal'
  return {
    kind: 'processing',
    tone: 'info',
    icon: 'clock',
    title: `Your bank is processing the ${first ? 'first ' : ''}payment for ${planName(b)}.`,
    detail: `${started}${planName(b)} is on already, and nothing has to be done before your bank answers${usually}.${first ? ' If the payment does not arrive, the plan goes off.' : ''}`,
    action: null,
  }
}

function neverStarted(b: Billing): Strip {
  const what = b.plan ? PLANS[b.plan].name : 'your plan'
  // Where the catalog's policy does not end it, it stands in the way of another, and would be billed again.
  const stands = isLive(b)
  const next = stands ? 'Cancel it, and choose' : 'You can choose'
  return {
    kind: 'ended',
    tone: 'danger',
    icon: 'alert',
    title: `The payment for ${what} did not arrive, so the plan did not start.`,
    detail: `Your bank returned it. You were not charged, and you are on ${FREE.name}. ${next} a plan again, and pay another way.`,
    action: stands
      ? { to: 'cancel', label: 'Cancel plan' }
      : { to: 'plans', label: 'Choose a plan' },
  }
}

function changeWaits(b: Billing): Strip {
  const next = b.waitsFor ? PLANS[b.waitsFor].name : 'Your new plan'
  return {
    kind: 'processing',
    tone: 'info',
    icon: 'clock',
    title: `${next} starts when its payment arrives.`,
    detail: `Until then you are on ${planName(b)}${b.status === 'trialing' ? '' : ', which is paid for'}.${b.open?.isProcessing ? ` ${onItsWay(b.open)}` : ''}`,
    action: payAction(b.open),
    ...(b.open?.isProcessing ? {} : { also: cardAction(b) }),
  }
}

// Where the catalog's policy ends the plan with its money. Elsewhere it goes on, and there is nothing to say.
function returned(b: Billing): Strip | null {
  const { payment } = b.money
  if (payment !== 'refunded' && payment !== 'dispute_lost') return null
  const what =
    payment === 'refunded' ? 'its payment was sent back to you' : 'your bank took its payment back'
  const next = b.currentPeriodEnd
    ? ` The next payment is asked for on ${formatDay(b.currentPeriodEnd)}, and with it the plan is on again.`
    : ''
  const safe = `The limits of ${FREE.name} apply, and your data is safe.`
  return {
    kind: 'returned',
    tone: 'warn',
    icon: 'alert',
    title: `${planName(b)} is off: ${what}.`,
    detail: b.isCanceling ? safe : `${safe}${next} Cancel it, and nothing more is asked for.`,
    action: b.isCanceling ? null : { to: 'cancel', label: 'Cancel plan' },
  }
}

import { type Billing, isHeld } from '@/lib/billing/billing'
import { FREE } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { chargesFrom } from '@/lib/subscriptions/pause-until'
import { goingOn } from './going-on'
import { planName } from './plan-state'
import { cardAction, type Strip } from './strip'

/**
 * Nothing is collected for now: until when the plan stays on, and what resuming it costs. One that is set to end is
 * charged for nothing more: the strip of its end says so, and how to keep it.
 */
export function collectionPausedStrip(b: Billing): Strip {
  const { resumesAt } = b.collectionPaused ?? { resumesAt: null }
  const { paidThrough } = b.money
  const goesOn = resumesAt
    ? `Charging goes on from ${formatDay(chargesFrom(resumesAt, b))}.`
    : 'Nothing is charged until you resume it.'
  const resumes = b.isCanceling ? '' : goesOn
  const end = b.isCanceling ? (b.cancelAt ?? b.currentPeriodEnd) : null
  const until = paidThrough ? ` until ${formatDay(paidThrough)}, the end of what was paid for` : ''
  // It ends before what was paid for is over, or with it: one day is enough.
  const stays =
    end && (!paidThrough || end <= paidThrough)
      ? `${planName(b)} stays on until it ends.`
      : `${planName(b)} stays on${until}.`
  const off = b.access === 'none'
  return {
    kind: 'paused',
    tone: 'info',
    icon: 'pause',
    title: off
      ? `${planName(b)} is off while nothing is charged for it.`
      : `Nothing is charged for ${planName(b)} for now.`,
    ...withResuming(
      b,
      `${off ? `The limits of ${FREE.name} apply, and your data is safe.` : stays} ${resumes}`,
    ),
  }
}

/** The pause has ended in the middle of a period that it let pass: off until it is paid for again. */
export function skippedStrip(b: Billing): Strip {
  const next = b.currentPeriodEnd
    ? ` The next payment is asked for on ${formatDay(b.currentPeriodEnd)}, and with it the plan is on again.`
    : ''
  const safe = `It was paused, so nothing was charged for this period. The limits of ${FREE.name} apply, and your data is safe.`
  return {
    kind: 'paused',
    tone: 'info',
    icon: 'pause',
    title: `${planName(b)} is off until it is paid for again.`,
    ...withResuming(b, b.isCanceling ? safe : `${safe}${next}`),
  }
}

// Before the end of what is paid for nothing is charged by resuming, and it needs no words.
function withResuming(b: Billing, text: string): Pick<Strip, 'detail' | 'action' | 'also'> {
  if (b.isCanceling) return { detail: text.trim(), action: null }
  if (!isHeld(b))
    return { detail: text.trim(), action: { to: 'resume', label: 'Resume now', shown: '' } }
  const { detail, action } = goingOn(b)
  const also = b.money.payment === 'draft' ? null : cardAction(b)
  return { detail: `${text.trim()} ${detail}`, action, ...(also ? { also } : {}) }
}

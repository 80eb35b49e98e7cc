import type { Billing } from '@/lib/billing/billing'
import { FREE } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { planName } from './plan-state'
import { calm, cardAction, type Strip } from './strip'

/** A plan whose status is `paused`: that nothing is charged, and what going on costs at once. */
export function pausedStrip(b: Billing): Strip {
  const name = planName(b)
  const end = b.isCanceling ? (b.cancelAt ?? b.currentPeriodEnd) : null
  const now = `Nothing is charged while it is, and the limits of ${FREE.name} apply.`
  if (b.isCanceling)
    return calm('paused', `${name} is paused${end ? `, and ends on ${formatDay(end)}` : ''}.`, {
      // Resumed, it would be charged a whole period and end all the same.
      detail: `${now} It does not go on by itself: keep it first, and then resume it.`,
      icon: 'pause',
      action: { to: 'keep', label: `Keep ${name}` },
    })
  return calm('paused', `${name} is paused.`, {
    detail: `${now} ${goingOn(b)}`,
    icon: 'pause',
    action: {
      to: 'resume',
      label: isCharged(b) ? `Resume for ${formatMoney(b.resumption)}` : 'Resume plan',
      shown: shownCharge(null, b.resumption),
    },
    also: cardAction(b, 'Add a card and go on'),
  })
}

function goingOn(b: Billing): string {
  if (isCharged(b))
    return `When you resume it a new period begins, and ${formatMoney(b.resumption)} is charged for it at once.`
  if (b.resumption) return 'When you resume it a new period begins, and nothing is due for it now.'
  return 'What resuming it costs is not known at this moment.'
}

function isCharged(b: Billing): b is Billing & { resumption: NonNullable<Billing['resumption']> } {
  return b.resumption !== null && b.resumption.amount > 0
}

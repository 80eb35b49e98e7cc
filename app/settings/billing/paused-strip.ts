import type { Billing } from '@/lib/billing/billing'
import { FREE } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { goingOn } from './going-on'
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
  const { detail, action } = goingOn(b)
  return calm('paused', `${name} is paused.`, {
    detail: `${now} ${detail}`,
    icon: 'pause',
    action,
    also: cardAction(b, 'Add a card and go on'),
  })
}

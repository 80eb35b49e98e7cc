import { FREE } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { allowedUntil, neverPaid } from '@/lib/entitlements/access'
import type { OpenPayment } from './open-payment'

/** What follows for the plan while an invoice stays open, as far as that is certain at `now`. */
export function consequence({ invoice, subscription: row, now }: OpenPayment): string[] {
  const { subscription } = invoice
  if (!subscription) return []
  const { status, cancelAt, isChangePending } = subscription
  const ends = cancelAt ? [`It is set to end on ${formatDay(cancelAt)}.`] : []
  switch (status) {
    case 'incomplete':
      return [STARTS]
    case 'unpaid':
      return ['Your plan is off, and is back as soon as it is paid.', ...ends]
    case 'paused':
      return [
        `Your plan is paused: nothing more is charged, and ${FREE.name} applies until you resume it.`,
      ]
    case 'past_due': {
      // Our records may be a step behind, or ahead: then they say nothing about this debt.
      if (row?.status !== 'past_due') return [UNCERTAIN, ...ends]
      if (neverPaid(row.owes)) return [STARTS, ...ends]
      const until = allowedUntil(row)
      return until instanceof Date ? late(until, cancelAt, now) : [UNCERTAIN, ...ends]
    }
    default:
      return isChangePending || row?.changeUnpaid
        ? ['The change of plan that it is for waits until it is paid; your plan stays as it was.']
        : [UNCERTAIN, ...ends]
  }
}

const STARTS = 'Your plan starts as soon as it is paid.'
const UNCERTAIN = 'Your plan may be limited until it is paid.'

// How long Stripe waits, and what it does then, are settings of the account that the API does not show:
// our own day is the last one, not the only one.
function late(until: Date, cancelAt: Date | null, now: Date): string[] {
  if (until <= now) {
    const off = `Your plan has been off since ${formatDay(until)}, and is back as soon as it is paid.`
    return [off, ...(cancelAt ? [`It is set to end on ${formatDay(cancelAt)}.`] : [])]
  }
  if (cancelAt && cancelAt <= until)
    return [`Your plan stays on until ${formatDay(cancelAt)} at the latest, when it is set to end.`]
  return [
    `Your plan stays on until ${formatDay(until)} at the latest. After that, ${FREE.name} applies.`,
  ]
}

import type { Billing } from '@/lib/billing/billing'
import { formatMoney } from '@/lib/money'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import type { StripAction } from './strip'

/** What it costs to let a plan go on that is held (`isHeld`), and the button that does it over that amount. */
export function goingOn(b: Billing): { detail: string; action: StripAction } {
  const { resumption } = b
  const charged = resumption && resumption.amount > 0 ? formatMoney(resumption) : null
  return {
    detail: detailOf(b, charged),
    action: {
      to: 'resume',
      label: charged ? `Resume for ${charged}` : 'Resume plan',
      shown: shownCharge(null, resumption),
    },
  }
}

function detailOf({ status, money, resumption }: Billing, charged: string | null): string {
  if (!resumption)
    return 'What resuming it costs is not known at this moment: Stripe, which works it out, does not answer.'
  // Its invoice is a draft still, and Stripe charges it with the end of that hour.
  if (status !== 'paused' && money.payment === 'draft')
    return charged
      ? `When you resume it, ${charged} for the period that has begun is charged within the hour.`
      : 'When you resume it, nothing is due for the period that has begun.'
  return charged
    ? `When you resume it a new period begins, and ${charged} is charged for it at once.`
    : 'When you resume it a new period begins, and nothing is due for it now.'
}

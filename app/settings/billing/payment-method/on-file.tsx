import { paidWithText } from '@/app/settings/billing/charge-rows'
import type { Billing } from '@/lib/billing/billing'

/** What the plan is charged to so far, as far as Stripe says it. */
export function OnFile({ billing: { next } }: { billing: Billing }) {
  const paidWith = next.kind === 'charge' ? next.charge.paidWith : null
  const what = paidWith && paidWithText(paidWith)
  return what ? <p className="mt-1 text-ink-2">On file: {what}</p> : null
}

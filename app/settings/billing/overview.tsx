import type { Billing } from '@/lib/billing/billing'
import { PlanSummary } from './plan-summary'
import { StaleNotice } from './stale-notice'
import { StateStrip } from './state-strip'
import { UsageMeter } from './usage-meter'

/** Everything the billing page says, from one reading; also what the gallery of states shows. */
export function BillingOverview({ billing }: { billing: Billing }) {
  return (
    <div className="grid gap-4">
      <StaleNotice billing={billing} />
      <StateStrip billing={billing} />
      <PlanSummary billing={billing} />
      <UsageMeter usage={billing.usage} />
    </div>
  )
}

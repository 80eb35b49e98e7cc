import { Day } from '@/app/components/day'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import type { Billing } from '@/lib/billing/billing'
import { planWithMoreUses } from '@/lib/catalog/plan-with-more-uses'

/** In place of the form when no use is left: when there is more, and which plan has more now. */
export function UsedUp({ billing: { tier, usage } }: { billing: Billing }) {
  const plan = planWithMoreUses(tier)
  return (
    <Notice
      tone="warn"
      icon="info"
      label="Uses"
      title={`You have used all ${usage.limit.toLocaleString('en-US')} uses of this month.`}
      action={
        plan ? (
          <PageLink href="/settings/billing/plans" className="button button-primary">
            Upgrade to {plan.name}
          </PageLink>
        ) : null
      }
    >
      They begin anew on <Day of={usage.resetsAt} />.
      {plan ? ` ${plan.name} has ${plan.monthlyUses.toLocaleString('en-US')} a month.` : null}
    </Notice>
  )
}

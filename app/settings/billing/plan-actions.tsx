import { Money } from '@/app/components/money'
import { PageLink } from '@/app/components/page-link'
import type { Billing } from '@/lib/billing/billing'
import { planWithMoreUses } from '@/lib/catalog/plan-with-more-uses'
import { PortalButton } from './portal-button'
import { isLive } from './standing'

/** What can be done about the plan; canceling stands beside the rest, not behind it. */
export function PlanActions({ billing }: { billing: Billing }) {
  const live = isLive(billing)
  const more = live ? null : planWithMoreUses(billing.tier)
  return (
    <>
      {more ? (
        <p className="mt-4 text-[0.9375rem] text-ink-2">
          {more.name} raises it to {more.monthlyUses.toLocaleString('en-US')} uses a month, for{' '}
          <Money of={more.prices.month} trim />. Cancel whenever you like.
        </p>
      ) : null}
      <div className="mt-5 flex flex-wrap gap-3">
        {billing.hasCustomer ? <PortalButton>Manage billing</PortalButton> : null}
        <PageLink
          href="/settings/billing/plans"
          className={`button ${live ? '' : 'button-primary order-first'}`}
        >
          {live ? 'Change plan' : 'Choose a plan'}
        </PageLink>
        {live && !billing.isCanceling ? (
          <PortalButton className="button-quiet">Cancel plan</PortalButton>
        ) : null}
      </div>
      {billing.hasCustomer ? (
        <p className="mt-3 text-ink-3 text-sm">
          Card, invoices and canceling open on Stripe’s own pages.
        </p>
      ) : null}
    </>
  )
}

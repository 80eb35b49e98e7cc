import { Money } from '@/app/components/money'
import { PageLink } from '@/app/components/page-link'
import type { Billing } from '@/lib/billing/billing'
import { PLANS } from '@/lib/catalog/plans'
import { PortalButton } from './portal-button'
import { isLive } from './standing'

/** What can be done about the plan; canceling stands beside the rest, not behind it. */
export function PlanActions({ billing }: { billing: Billing }) {
  const live = isLive(billing)
  return (
    <>
      {live ? null : (
        <p className="mt-4 text-[0.9375rem] text-ink-2">
          Pro raises it to {PLANS.pro.monthlyUses} uses a month, for{' '}
          <Money of={PLANS.pro.prices.month} trim />. Cancel whenever you like.
        </p>
      )}
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

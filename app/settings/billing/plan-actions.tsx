import { Money } from '@/app/components/money'
import { PageLink } from '@/app/components/page-link'
import type { Billing } from '@/lib/billing/billing'
import { planWithMoreUses } from '@/lib/catalog/plan-with-more-uses'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { ActButton } from './act-button'
import { canCancel, isLive } from './plan-state'

/** What can be done about the plan; canceling stands beside the rest, not behind it. */
export function PlanActions({ billing }: { billing: Billing }) {
  const live = isLive(billing)
  const shown = shownCharge(billing.open, billing.resumption)
  const more = live ? null : planWithMoreUses(billing.tier)
  // A former customer buys in the currency that they paid in, of which only the page of the plans asks the amounts.
  const inList = !billing.price || billing.price.currency === more?.prices.month.currency
  return (
    <>
      {more ? (
        <p className="mt-4 text-[0.9375rem] text-ink-2">
          {more.name} raises it to {more.monthlyUses.toLocaleString('en-US')} uses a month
          {inList ? (
            <>
              , for <Money of={more.prices.month} trim />
            </>
          ) : null}
          . Cancel whenever you like.
        </p>
      ) : null}
      <div className="mt-5 flex flex-wrap gap-3">
        <PageLink
          href="/settings/billing/plans"
          className={`button ${live ? '' : 'button-primary'}`}
        >
          {live ? 'Change plan' : 'Choose a plan'}
        </PageLink>
        {live ? (
          <ActButton act="card" shown={shown}>
            Change card
          </ActButton>
        ) : null}
        {canCancel(billing) ? (
          <PageLink href="/settings/billing/cancel" className="button button-quiet">
            Cancel plan
          </PageLink>
        ) : null}
      </div>
      {billing.hasCustomer ? (
        <div className="mt-4 flex -mb-3 flex-wrap items-center gap-x-6 border-line border-t pt-3 text-ink-3 text-sm">
          <PageLink href="/settings/billing/invoices" className="button button-quiet">
            Invoices
          </PageLink>
          <PageLink href="/settings/billing/details" className="button button-quiet">
            Billing details
          </PageLink>
          <ActButton act="portal" className="button-quiet">
            Manage at Stripe
          </ActButton>
        </div>
      ) : null}
    </>
  )
}

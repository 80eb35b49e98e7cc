import { upgrade } from '@/app/pricing/actions'
import { IntervalChoice } from '@/app/pricing/interval-choice'
import { PlanCard } from '@/app/pricing/plan-card'
import { PlanGrid } from '@/app/pricing/plan-grid'
import { isLive, isOff } from '@/app/settings/billing/standing'
import type { Billing } from '@/lib/billing/billing'
import { ALL_PLANS } from '@/lib/catalog/plans'
import { ChoiceButton } from './choice-button'

/**
 * The plans as this user can take them. A user with a live subscription sees the change first, at an
 * address that has their choice in it; every other user starts a checkout.
 */
export function PlanChoices({ billing }: { billing: Billing }) {
  const live = isLive(billing)
  return (
    <form {...(live ? { action: '/settings/billing/plans/confirm' } : { action: upgrade })}>
      {/* Enter on a radio would press a form's first button: this one answers it with nothing. */}
      <button type="submit" disabled hidden />
      <IntervalChoice plans={ALL_PLANS} initial={billing.interval ?? 'month'} />
      <div className="mt-6">
        <PlanGrid count={ALL_PLANS.length}>
          {ALL_PLANS.map((plan) => {
            const current = plan.tier === billing.tier && !isOff(billing)
            return (
              <PlanCard key={plan.tier} plan={plan} mark={current ? 'Current plan' : undefined}>
                <ChoiceButton plan={plan} billing={billing} live={live} />
              </PlanCard>
            )
          })}
        </PlanGrid>
      </div>
    </form>
  )
}

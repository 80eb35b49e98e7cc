import { upgrade } from '@/app/pricing/actions'
import { IntervalChoice } from '@/app/pricing/interval-choice'
import { PlanCard } from '@/app/pricing/plan-card'
import { PlanGrid } from '@/app/pricing/plan-grid'
import type { TrialOffer } from '@/app/pricing/plan-price'
import { isLive, isOff } from '@/app/settings/billing/standing'
import type { Billing } from '@/lib/billing/billing'
import { ALL_PLANS, type Interval } from '@/lib/catalog/plans'
import { ChoiceButton } from './choice-button'

type Props = {
  billing: Billing
  /** The one that was chosen on the way here; null: the one that they have. */
  interval: Interval | null
  /** Null: they had one. */
  trial: TrialOffer
}

/**
 * The plans as this user can take them. A user with a live subscription sees the change first, at an
 * address that has their choice in it; every other user starts a checkout.
 */
export function PlanChoices({ billing, interval, trial }: Props) {
  const live = isLive(billing)
  return (
    <form {...(live ? { action: '/settings/billing/plans/confirm' } : { action: upgrade })}>
      {/* Enter on a radio would press a form's first button: this one answers it with nothing. */}
      <button type="submit" disabled hidden />
      <IntervalChoice plans={ALL_PLANS} initial={interval ?? billing.interval ?? 'month'} />
      <div className="mt-6">
        <PlanGrid count={ALL_PLANS.length}>
          {ALL_PLANS.map((plan) => {
            const current = plan.tier === billing.tier && !isOff(billing)
            return (
              <PlanCard
                key={plan.tier}
                plan={plan}
                mark={current ? 'Current plan' : undefined}
                trial={live ? null : trial}
              >
                <ChoiceButton plan={plan} billing={billing} live={live} trial={trial !== null} />
              </PlanCard>
            )
          })}
        </PlanGrid>
      </div>
    </form>
  )
}

import type { ReactNode } from 'react'
import { upgrade } from '@/app/pricing/actions'
import { IntervalChoice } from '@/app/pricing/interval-choice'
import { PlanCard } from '@/app/pricing/plan-card'
import { PlanGrid } from '@/app/pricing/plan-grid'
import { isLive } from '@/app/settings/billing/plan-state'
import type { Interval } from '@/lib/catalog/plans'
import { ChoiceButton } from './choice-button'
import { markOf } from './offer-of'
import { ownNotes } from './own-plans'
import type { OwnedPlans } from './read-own-plans'

type Props = {
  owned: OwnedPlans
  /** The one that was chosen on the way here; null: the one that they have. */
  interval?: Interval | null
  /** The promotion code that they came with. */
  code?: string | null
  /** What the page says above; it stands in the middle then. */
  lead?: ReactNode
}

/**
 * The plans as this user can take them. A user with a live subscription sees the change first, at an
 * address that has their choice in it; every other user starts a checkout.
 */
export function PlanChoices({ owned, interval = null, code = null, lead = null }: Props) {
  const { billing, plans, trial } = owned
  const live = isLive(billing)
  return (
    <form {...(live ? { action: '/settings/billing/plans/confirm' } : { action: upgrade })}>
      {/* Enter on a radio would press a form's first button: this one answers it with nothing. */}
      <button type="submit" disabled hidden />
      {code && !live ? <input type="hidden" name="code" value={code} /> : null}
      <div className={lead ? 'flex flex-col items-center gap-6 text-center' : ''}>
        {lead}
        <IntervalChoice plans={plans} initial={interval ?? billing.interval ?? 'month'} />
      </div>
      <div className={lead ? 'mt-10' : 'mt-6'}>
        <PlanGrid count={plans.length}>
          {plans.map((plan) => (
            <PlanCard
              key={plan.tier}
              plan={plan}
              mark={markOf(billing, plan.tier)}
              trial={live ? null : trial}
              notes={ownNotes(billing, plan.tier)}
            >
              <ChoiceButton plan={plan} billing={billing} live={live} trial={trial !== null} />
            </PlanCard>
          ))}
        </PlanGrid>
      </div>
    </form>
  )
}

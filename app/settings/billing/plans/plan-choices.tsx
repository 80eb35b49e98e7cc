import { upgrade } from '@/app/pricing/actions'
import { IntervalChoice } from '@/app/pricing/interval-choice'
import { PlanCard } from '@/app/pricing/plan-card'
import { manageBilling } from '@/app/settings/billing/actions'
import { isLive, isOff } from '@/app/settings/billing/standing'
import type { Billing } from '@/lib/billing/billing'
import { PLANS, TIERS } from '@/lib/catalog/plans'
import { ChoiceButton } from './choice-button'

/**
 * The plans as this person can take them. Who has a live subscription changes it at Stripe's
 * portal, which shows the amount first; everybody else starts a checkout.
 */
export function PlanChoices({ billing }: { billing: Billing }) {
  const live = isLive(billing)
  return (
    <form action={live ? manageBilling : upgrade}>
      {/* Enter on a radio would press a form's first button: this one answers it with nothing. */}
      <button type="submit" disabled hidden />
      <IntervalChoice initial={billing.interval ?? 'month'} />
      <div className="mt-6 grid gap-5 lg:grid-cols-3">
        {TIERS.map((tier) => {
          const current = tier === billing.tier && !isOff(billing)
          return (
            <PlanCard key={tier} plan={PLANS[tier]} mark={current ? 'Current plan' : undefined}>
              <ChoiceButton plan={PLANS[tier]} current={current} live={live} />
            </PlanCard>
          )
        })}
      </div>
    </form>
  )
}

import { priceText } from '@/app/components/price-text'
import { SubmitButton } from '@/app/components/submit-button'
import type { PaidPlanOf } from '@/lib/catalog/catalog-of'
import { trialLabel } from './trial-words'

type Props = {
  plan: PaidPlanOf<string>
  primary: boolean
  /** Whether the plan's trial, if it has one, is offered here. */
  trial?: boolean
}

/** Sends its tier; the interval comes from the radios of the same form. Its name says the price that is chosen. */
export function UpgradeButton({ plan, primary, trial = false }: Props) {
  return (
    <SubmitButton
      name="tier"
      value={plan.tier}
      busy="Opening checkout…"
      className={`w-full ${primary ? 'button-primary' : ''}`}
    >
      {(trial && trialLabel(plan)) || `Upgrade to ${plan.name}`}
      <span className="on-month sr-only">, {priceText(plan.prices.month, 'month')}</span>
      <span className="on-year sr-only">, {priceText(plan.prices.year, 'year')}</span>
    </SubmitButton>
  )
}

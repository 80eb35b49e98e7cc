import type { ComponentProps, ReactNode } from 'react'
import { PageLink } from '@/app/components/page-link'
import type { PlanOf } from '@/lib/catalog/catalog-of'
import { Comparison } from './comparison'
import { IntervalChoice } from './interval-choice'
import { PlanCard } from './plan-card'
import { PlanGrid } from './plan-grid'
import { currencyName } from './plan-words'
import { Questions } from './questions'
import { payWords } from './tax-words'
import { UpgradeButton } from './upgrade-button'

type Props = {
  plans: readonly PlanOf<string>[]
  upgrade: ComponentProps<'form'>['action']
  /** The promotion code that the visitor came with. */
  code?: string | null
  /** The plans as a signed-in visitor can take them, in the place of those for anyone. */
  choices?: ReactNode
  /** Where it is paid, and what is seen before. */
  pay?: string
}

// The page is the same for every visitor and every day.
const ANYONE = { from: null }

/** What is sold, from the catalog: the cards of two to five plans, what sets them apart, and what people ask. */
export function Pricing({ plans, upgrade, code = null, choices = null, pay = payWords() }: Props) {
  return (
    <>
      <div className="pt-14 pb-6 sm:pt-20">
        {choices ?? <ForAnyone plans={plans} upgrade={upgrade} code={code} />}
        <p className="mt-5 text-center text-ink-3 text-sm">
          Prices in {currencyName(plans)}. {pay}
        </p>
      </div>
      <div className="mx-auto grid max-w-[860px] gap-16 py-14">
        <Comparison plans={plans} />
        <Questions plans={plans} />
      </div>
    </>
  )
}

/** What the page is about, above the choice of an interval. */
export function PricingTitle() {
  return <h1 className="display text-3xl">Simple plans. Change or cancel whenever you like.</h1>
}

function ForAnyone({ plans, upgrade, code }: Omit<Required<Props>, 'choices' | 'pay'>) {
  return (
    <form action={upgrade}>
      {/* Enter on a radio would press a form's first button: this one answers it with nothing. */}
      <button type="submit" disabled hidden />
      {code ? <input type="hidden" name="code" value={code} /> : null}
      <div className="flex flex-col items-center gap-6 text-center">
        <PricingTitle />
        <IntervalChoice plans={plans} />
      </div>
      <div className="mt-10">
        <PlanGrid count={plans.length}>
          {plans.map((plan) => (
            <PlanCard key={plan.tier} plan={plan} mark={plan.highlight} trial={ANYONE}>
              {plan.prices ? (
                <UpgradeButton plan={plan} primary={plan.highlight !== undefined} trial />
              ) : (
                <PageLink href="/sign-in" className="button w-full">
                  Start with {plan.name}
                </PageLink>
              )}
            </PlanCard>
          ))}
        </PlanGrid>
      </div>
    </form>
  )
}

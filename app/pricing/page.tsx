import type { Metadata } from 'next'
import { PageLink } from '@/app/components/page-link'
import { Shell } from '@/app/components/shell'
import { PLANS } from '@/lib/catalog/plans'
import { upgrade } from './actions'
import { Comparison } from './comparison'
import { IntervalChoice } from './interval-choice'
import { PlanCard } from './plan-card'
import { Questions } from './questions'
import { UpgradeButton } from './upgrade-button'

export const metadata: Metadata = {
  title: 'Pricing',
  description: 'Free, Pro and Studio. Change or cancel whenever you like.',
}

/** The same for everybody, so that it is built once; who is asking is found out when they click. */
export const dynamic = 'error'

export default function PricingPage() {
  return (
    <Shell wide here="pricing">
      <form action={upgrade} className="pt-14 pb-6 sm:pt-20">
        {/* Enter on a radio would press a form's first button: this one answers it with nothing. */}
        <button type="submit" disabled hidden />
        <div className="flex flex-col items-center gap-6 text-center">
          <h1 className="display text-3xl">Simple plans. Change or cancel whenever you like.</h1>
          <IntervalChoice />
        </div>
        <div className="mt-10 grid gap-5 lg:grid-cols-3">
          <PlanCard plan={PLANS.free}>
            <PageLink href="/sign-in" className="button w-full">
              Start with Free
            </PageLink>
          </PlanCard>
          <PlanCard plan={PLANS.pro} mark={PLANS.pro.highlight}>
            <UpgradeButton plan={PLANS.pro} primary />
          </PlanCard>
          <PlanCard plan={PLANS.studio} mark={PLANS.studio.highlight}>
            <UpgradeButton plan={PLANS.studio} primary={false} />
          </PlanCard>
        </div>
        <p className="mt-5 text-center text-ink-3 text-sm">
          Prices in US dollars. You pay on Stripe’s page, and see tax and total before you confirm.
        </p>
      </form>
      <div className="mx-auto grid max-w-[860px] gap-16 py-14">
        <Comparison />
        <Questions />
      </div>
    </Shell>
  )
}

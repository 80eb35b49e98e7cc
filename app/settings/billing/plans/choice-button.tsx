import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { UpgradeButton } from '@/app/pricing/upgrade-button'
import type { Billing } from '@/lib/billing/billing'
import { INTERVALS, type Interval, isPaidTier, type Plan, RECOMMENDED } from '@/lib/catalog/plans'
import { offerOf } from './offer-of'

type Props = { plan: Plan; billing: Billing; live: boolean; trial: boolean }

/** What this person can do with this plan, named by what it does; each interval of it is a choice of its own. */
export function ChoiceButton({ plan, billing, live, trial }: Props) {
  if (!live) {
    if (plan.prices)
      return <UpgradeButton plan={plan} primary={plan === RECOMMENDED} trial={trial} />
    return <Current>You are on this plan.</Current>
  }
  if (!plan.prices) return <CancelLink />
  return INTERVALS.map((interval) => (
    <div key={interval} className={SHOWN[interval]}>
      <Change plan={plan} interval={interval} billing={billing} />
    </div>
  ))
}

const SHOWN: Record<Interval, string> = { month: 'on-month', year: 'on-year' }

function Change({
  plan,
  interval,
  billing,
}: Pick<Props, 'plan' | 'billing'> & { interval: Interval }) {
  if (!isPaidTier(plan.tier)) return null
  const { label, note, primary } = offerOf(billing, { tier: plan.tier, interval })
  if (!label) return <Current>{note}</Current>
  return (
    <>
      <SubmitButton
        name="tier"
        value={plan.tier}
        busy="Asking Stripe…"
        className={`w-full ${primary ? 'button-primary' : ''}`}
      >
        {label}
      </SubmitButton>
      <p className="mt-2 text-center text-ink-3 text-sm">{note}</p>
    </>
  )
}

function CancelLink() {
  return (
    <>
      <PageLink href="/settings/billing/cancel" className="button w-full">
        Cancel plan
      </PageLink>
      <p className="mt-2 text-center text-ink-3 text-sm">
        It stays on until the period you paid for ends
      </p>
    </>
  )
}

function Current({ children }: { children: string }) {
  return (
    <p className="flex min-h-11 items-center justify-center text-[0.9375rem] text-ink-2">
      {children}
    </p>
  )
}

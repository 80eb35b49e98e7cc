import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { UpgradeButton } from '@/app/pricing/upgrade-button'
import { keepPlan } from '@/app/settings/billing/acts'
import type { Billing } from '@/lib/billing/billing'
import { INTERVALS, type Interval, isPaidTier, type Plan, RECOMMENDED } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { endsAtOnce } from '@/lib/subscriptions/ends-at-once'
import { undoChange } from './actions'
import { type Offered, offerOf } from './offer-of'

type Props = { plan: Plan; billing: Billing; live: boolean; trial: boolean }

/** What this person can do with this plan, named by what it does; each interval of it is a choice of its own. */
export function ChoiceButton({ plan, billing, live, trial }: Props) {
  if (!live) {
    if (plan.prices)
      return <UpgradeButton plan={plan} primary={plan.tier === RECOMMENDED.tier} trial={trial} />
    return <Note>You are on this plan.</Note>
  }
  const { tier, prices } = plan
  if (!prices || !isPaidTier(tier)) return <LeavingFor billing={billing} name={plan.name} />
  return INTERVALS.map((interval) => (
    <div key={interval} className={SHOWN[interval]}>
      <Change of={offerOf(billing, { tier, interval })} tier={tier} />
    </div>
  ))
}

const SHOWN: Record<Interval, string> = { month: 'on-month', year: 'on-year' }

function Change({ of, tier }: { of: Offered; tier: string }) {
  const { act, label, note, primary } = of
  if (!act || !label) return <Note>{note}</Note>
  const look = `w-full ${primary ? 'button-primary' : ''}`
  return (
    <>
      {act === 'billing' ? (
        <PageLink href="/settings/billing" className={`button ${look}`}>
          {label}
        </PageLink>
      ) : act === 'confirm' ? (
        <SubmitButton name="tier" value={tier} busy="Asking Stripe…" className={look}>
          {label}
        </SubmitButton>
      ) : (
        <SubmitButton
          formAction={act === 'keep' ? keepPlan : undoChange}
          busy={act === 'keep' ? 'Keeping it…' : 'Taking it back…'}
          className={look}
        >
          {label}
        </SubmitButton>
      )}
      <p className="mt-2 text-center text-ink-3 text-sm">{note}</p>
    </>
  )
}

// What is free needs no buying: it is where a plan ends.
function LeavingFor({ billing, name }: { billing: Billing; name: string }) {
  const { isCanceling, cancelAt, currentPeriodEnd } = billing
  const day = cancelAt ?? currentPeriodEnd
  if (isCanceling) return <Note>{day ? `${name} from ${formatDay(day)}` : `${name} follows`}</Note>
  return (
    <>
      <PageLink href="/settings/billing/cancel" className="button w-full">
        Cancel plan
      </PageLink>
      <p className="mt-2 text-center text-ink-3 text-sm">{untilWhen(billing)}</p>
    </>
  )
}

function untilWhen({ status }: Billing): string {
  if (endsAtOnce(status)) return 'It ends at once, and nothing more is asked for'
  return `It stays on until ${status === 'trialing' ? 'your trial' : 'the period you paid for'} ends`
}

function Note({ children }: { children: string }) {
  return (
    <p className="flex min-h-11 items-center justify-center text-center text-[0.9375rem] text-ink-2">
      {children}
    </p>
  )
}

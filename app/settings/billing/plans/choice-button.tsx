import { SubmitButton } from '@/app/components/submit-button'
import { UpgradeButton } from '@/app/pricing/upgrade-button'
import { type Plan, RECOMMENDED } from '@/lib/catalog/plans'

type Props = { plan: Plan; current: boolean; live: boolean }

/** What this person can do with this plan, named by what it does. */
export function ChoiceButton({ plan, current, live }: Props) {
  if (!live) {
    if (plan.prices) return <UpgradeButton plan={plan} primary={plan === RECOMMENDED} />
    return <Standing>You are on this plan.</Standing>
  }
  const { label, note } = portalOffer(plan, current)
  return (
    <>
      <SubmitButton
        name="tier"
        value={plan.tier}
        busy="Opening Stripe…"
        className={`w-full ${!current && plan.prices ? 'button-primary' : ''}`}
      >
        {label}
      </SubmitButton>
      <p className="mt-2 text-center text-ink-3 text-sm">{note}</p>
    </>
  )
}

function portalOffer(plan: Plan, current: boolean) {
  if (current) return { label: 'Manage billing', note: 'Card, invoices and interval, at Stripe' }
  return plan.prices
    ? { label: `Switch to ${plan.name}`, note: 'At Stripe, which shows the amount first' }
    : { label: 'Cancel plan', note: 'It stays on until the period you paid for ends' }
}

function Standing({ children }: { children: string }) {
  return (
    <p className="flex min-h-11 items-center justify-center text-[0.9375rem] text-ink-2">
      {children}
    </p>
  )
}

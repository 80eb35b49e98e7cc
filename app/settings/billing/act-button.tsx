import type { ReactNode } from 'react'
import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { stripeKeys } from '@/app/stripe-js/keys'
import { cancelOther, changeCard, changeDetails, manageBilling } from './actions'
import { keepPlan, lookNow, payNow, resumePlan } from './acts'

/** Everything that one press of a button on the billing page does: where it happens, and what is said meanwhile. */
const ACTS = {
  portal: { action: manageBilling, busy: 'Opening Stripe…' },
  cancel_other: { action: cancelOther, busy: 'Opening Stripe…' },
  card: { action: changeCard, busy: 'Opening Stripe…' },
  details: { action: changeDetails, busy: 'Opening Stripe…' },
  keep: { action: keepPlan, busy: 'Keeping it…' },
  resume: { action: resumePlan, busy: 'Resuming…' },
  pay: { action: payNow, busy: 'Paying…' },
  look: { action: lookNow, busy: 'Asking Stripe…' },
} as const

export type Act = keyof typeof ACTS

/**
 * Those that may charge something: their forms carry what their page showed (`shownCharge`), and
 * nothing else is charged.
 */
export type Charging = 'pay' | 'card' | 'resume'

type Which = { act: Exclude<Act, Charging>; shown?: never } | { act: Charging; shown: string }
type Props = Which & { children: ReactNode; className?: string }

/**
 * A button that does one thing, and is its own form, so that it works without a script. Another card has a
 * page of ours, where there is the key that it takes.
 */
export function ActButton({ act, shown, children, className = '' }: Props) {
  if (act === 'card' && stripeKeys())
    return (
      <PageLink href="/settings/billing/payment-method" className={`button ${className}`}>
        {children}
      </PageLink>
    )
  const { action, busy } = ACTS[act]
  return (
    <form action={action}>
      {shown === undefined ? null : <input type="hidden" name="shown" value={shown} />}
      <SubmitButton busy={busy} className={className}>
        {children}
      </SubmitButton>
    </form>
  )
}

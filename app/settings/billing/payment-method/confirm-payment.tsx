'use client'

import type { Stripe } from '@stripe/stripe-js'
import { useRef, useState } from 'react'
import { Notice } from '@/app/components/notice'
import { SubmitButton } from '@/app/components/submit-button'
import { payNow } from '@/app/settings/billing/acts'
import type { StripeKeys } from '@/app/stripe-js/keys'
import { loadStripeJs } from '@/app/stripe-js/load'
import { afterPayment, LOOK } from './after-stripe'

type Props = {
  keys: StripeKeys
  clientSecret: string
  /** What is asked about (`shownCharge`): trying again charges no other. */
  shown: string
}

// The billing page asks Stripe what is so, and says it: an address proves nothing.
const DONE = '/settings/billing?return=portal&done=paid'

/** Lets the bank ask its customer over this page. */
export function ConfirmPayment({ keys, clientSecret, shown }: Props) {
  const under = useRef(false)
  const [state, setState] = useState<'asked' | 'busy' | 'refused' | 'away'>('asked')

  async function confirm() {
    if (under.current) return
    under.current = true
    setState('busy')
    const stripe = await loadStripeJs(keys).catch(() => null)
    if (stripe) await ask(stripe)
    else setState('away')
    under.current = false
  }

  async function ask(stripe: Stripe) {
    try {
      const { error } = await stripe.handleNextAction({ clientSecret })
      if (!error) return location.assign(DONE)
      const after = afterPayment(error)
      if (after === 'refused') return setState('refused')
      // The page knows.
      return after === 'over' ? location.reload() : location.assign(LOOK)
    } catch {
      location.assign(LOOK)
    }
  }

  if (state === 'refused')
    return (
      <div className="mt-4 grid gap-4">
        <Notice role="alert" tone="danger" icon="alert" title="Your bank did not confirm it.">
          You were not charged. Try again, or add another card below.
        </Notice>
        <form action={payNow}>
          <input type="hidden" name="shown" value={shown} />
          <SubmitButton busy="Asking your bank…" className="button-primary w-full">
            Try again
          </SubmitButton>
        </form>
      </div>
    )
  return (
    <div className="scripting-only mt-4 grid gap-4">
      {state === 'away' ? (
        <Notice role="alert" tone="warn" icon="alert" title="Stripe’s script did not load.">
          You were not charged. Try again, or confirm it on Stripe’s page.
        </Notice>
      ) : null}
      <button
        type="button"
        onClick={confirm}
        aria-busy={state === 'busy'}
        className="button button-primary w-full"
      >
        {state === 'busy' ? 'Asking your bank…' : 'Confirm with your bank'}
      </button>
    </div>
  )
}

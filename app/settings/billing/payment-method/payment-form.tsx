'use client'

import type { Stripe, StripeElements } from '@stripe/stripe-js'
import {
  unstable_isUnrecognizedActionError as isUnknownAction,
  unstable_rethrow,
} from 'next/navigation'
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react'
import { Notice } from '@/app/components/notice'
import { followTheme, readAppearance } from '@/app/stripe-js/appearance'
import type { StripeKeys } from '@/app/stripe-js/keys'
import { loadStripeJs } from '@/app/stripe-js/load'
import { putLeftToUse, startSetup } from './actions'
import { afterSetup, LOOK } from './after-stripe'

type Props = {
  keys: StripeKeys
  /** Of the plan; which ways to pay are shown depends on it. */
  currency: string
  /** Where a bank that takes the whole page for itself leads back to. */
  returnUrl: string
  button: string
  /** What the page says that is charged at once. */
  shown: string
}

type Loaded = { stripe: Stripe; elements: StripeElements }

/** The form of a card, which is a frame of Stripe's: what is typed there is never on our page. */
export function PaymentForm({ keys, currency, returnUrl, button, shown }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const loaded = useRef<Loaded>(undefined)
  const secret = useRef<string>(undefined)
  const under = useRef(false)
  const sent = useRef<string>(undefined)
  const [state, setState] = useState<'loading' | 'ready' | 'away'>('loading')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, start] = useTransition()
  const { publishableKey, sandbox } = keys

  useEffect(() => {
    const ends: (() => void)[] = []
    let over = false
    const show = async () => {
      const stripe = await loadStripeJs({ publishableKey, sandbox })
      if (over || !place.current) return
      const elements = stripe.elements({
        ...{ mode: 'setup', currency, appearance: readAppearance() },
        // As the SetupIntent has it (`lib/stripe/setup-intents.ts`): Stripe refuses a form that offers more.
        excludedPaymentMethodTypes: ['bancontact', 'ideal', 'sofort'],
      })
      const element = elements.create('payment')
      element.on('ready', () => setState('ready'))
      element.on('loaderror', () => setState('away'))
      element.mount(place.current)
      loaded.current = { stripe, elements }
      ends.push(
        () => element.destroy(),
        followTheme(() => elements.update({ appearance: readAppearance() })),
      )
    }
    show().catch(() => over || setState('away'))
    return () => {
      over = true
      for (const end of ends) end()
    }
  }, [publishableKey, sandbox, currency])

  async function save({ stripe, elements }: Loaded) {
    const checked = await elements.submit()
    if (checked.error) return checked.error.message
    // One for each try would leave a trail of them at Stripe; after a refusal it can be tried again.
    secret.current ??= (await startSetup(new FormData())).clientSecret
    const confirmed = await stripe.confirmSetup({
      elements,
      clientSecret: secret.current,
      confirmParams: { return_url: returnUrl },
      redirect: 'if_required',
    })
    const after = afterSetup(confirmed)
    if (after.kind === 'left' || after.over) secret.current = undefined
    if (after.kind === 'refused') return after.message ?? UNKNOWN
    const form = new FormData()
    form.set('setup_intent', after.id)
    form.set('shown', shown)
    sent.current = after.id
    return putLeftToUse(form)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const { current: ready } = loaded
    if (!ready || under.current) return
    under.current = true
    setProblem(null)
    start(async () => {
      try {
        setProblem((await save(ready)) ?? null)
      } catch (error) {
        unstable_rethrow(error)
        // The page is from before an update: it is loaded again, and with what was left, if it was.
        if (isUnknownAction(error)) {
          if (!sent.current) throw error
          location.assign(`?${new URLSearchParams({ setup_intent: sent.current })}`)
        }
        // What is open may have been paid by now.
        else if (sent.current) location.assign(LOOK)
        else setProblem(UNKNOWN)
      } finally {
        under.current = false
        sent.current = undefined
      }
    })
  }

  return (
    <form onSubmit={submit} className="scripting-only" aria-label="Payment method">
      {state === 'away' ? (
        <Notice role="alert" tone="warn" icon="alert" title="Stripe’s form did not load.">
          Nothing was changed. Load the page again, or use Stripe’s own page below.
        </Notice>
      ) : null}
      {state === 'loading' ? (
        <p role="status" className="text-ink-3">
          Loading Stripe’s form…
        </p>
      ) : null}
      <div ref={place} className={state === 'ready' ? '' : 'h-0 overflow-hidden'} />
      {problem ? (
        <div className="mt-4">
          <Notice role="alert" tone="danger" icon="alert" title={problem}>
            Nothing was charged. Correct it, or use another card.
          </Notice>
        </div>
      ) : null}
      {state === 'ready' ? (
        <button type="submit" aria-busy={busy} className="button button-primary mt-6 w-full">
          {busy ? 'Working…' : button}
        </button>
      ) : null}
    </form>
  )
}

const UNKNOWN = 'That did not work.'

'use client'

import { useEffect, useRef, useState } from 'react'
import { Notice } from '@/app/components/notice'
import type { StripeKeys } from '@/app/stripe-js/keys'
import { loadStripeJs } from '@/app/stripe-js/load'

/** Checkout in a frame of Stripe's. When it is paid, Stripe leads on to the return page. */
export function EmbeddedCheckout({
  keys: { publishableKey, sandbox },
  clientSecret,
}: {
  keys: StripeKeys
  clientSecret: string
}) {
  const place = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<'loading' | 'ready' | 'away'>('loading')

  useEffect(() => {
    let over = false
    let end = () => {}
    const show = async () => {
      const stripe = await loadStripeJs({ publishableKey, sandbox })
      // Only one may be on a page: the next waits until this one is gone.
      if (over) return
      const checkout = await stripe.createEmbeddedCheckoutPage({ clientSecret })
      if (over || !place.current) return checkout.destroy()
      checkout.mount(place.current)
      end = () => checkout.destroy()
      setState('ready')
    }
    show().catch(() => over || setState('away'))
    return () => {
      over = true
      end()
    }
  }, [publishableKey, sandbox, clientSecret])

  return (
    <div className="scripting-only">
      {state === 'away' ? (
        <Notice role="alert" tone="warn" icon="alert" title="Stripe’s checkout did not load.">
          Nothing was charged. Load the page again, or pay on Stripe’s page.
        </Notice>
      ) : null}
      {state === 'loading' ? (
        <p role="status" className="text-ink-3">
          Loading Stripe’s checkout…
        </p>
      ) : null}
      <div ref={place} />
    </div>
  )
}

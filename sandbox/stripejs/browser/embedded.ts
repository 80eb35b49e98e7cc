import type { StripeEmbeddedCheckout } from '@stripe/stripe-js'
import type { Frame, Parts } from './parts'

/** `stripe.createEmbeddedCheckoutPage()`: the sandbox's own Checkout in an iframe. */
export function embeddedPart(parts: Parts): Parts['embedded'] {
  return async ({ clientSecret, fetchClientSecret, onComplete }) => {
    const secret = clientSecret ?? (await fetchClientSecret?.())
    if (!secret)
      throw new Error(
        'IntegrationError: You must provide either clientSecret or fetchClientSecret to create an Embedded Checkout.',
      )
    let frame: Frame | null = null
    let destroyed = false
    const id = secret.split('_secret_')[0]
    const path = `/c/pay/${id}?${new URLSearchParams({ embedded: secret })}`
    const checkout: StripeEmbeddedCheckout = {
      mount(where) {
        if (destroyed) throw new Error('IntegrationError: This Embedded Checkout was destroyed.')
        frame?.remove()
        frame = parts.frame(where, path, 'Checkout', (message) => {
          if (message.sandbox !== 'complete') return
          if (message.leads) location.assign(message.leads)
          else onComplete?.()
        })
      },
      unmount() {
        frame?.remove()
        frame = null
      },
      destroy() {
        checkout.unmount()
        destroyed = true
      },
    }
    return checkout
  }
}

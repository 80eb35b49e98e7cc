import type { Stripe } from '@stripe/stripe-js'
// Not the package itself, whose import loads the script, wherever that is.
import { loadStripe } from '@stripe/stripe-js/pure'
import type { StripeKeys } from './keys'

/** Stripe.js, loaded once for this page, and only now. Rejects where it cannot be had: then Stripe's own page can. */
export async function loadStripeJs(keys: StripeKeys): Promise<Stripe> {
  if (!hasOwnPolicy()) return askForOwnDocument()
  if (keys.sandbox) {
    standIn ??= loadScript(`${keys.sandbox}/endive/stripe.js`)
    await standIn
  }
  // The words of this page are English, and so are those beside them.
  const stripe = await loadStripe(keys.publishableKey, { locale: 'en' })
  if (!stripe) throw new Error('Stripe.js is not to be had here.')
  return stripe
}

// `loadStripe` takes the `Stripe` that it finds in the window.
let standIn: Promise<void> | undefined

function loadScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src })
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(`${src} did not load.`))
    document.head.append(script)
  })
}

// A policy comes with a document, and lets Stripe.js run on the pages that need it. The router may have led
// here from a page of another policy.
function hasOwnPolicy(): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  return entry !== undefined && new URL(entry.name).pathname === location.pathname
}

function askForOwnDocument(): Promise<never> {
  location.replace(location.href)
  // This page is on its way out: nothing of it is shown any more.
  return new Promise(() => {})
}

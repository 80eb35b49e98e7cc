import { loadStripe } from '@stripe/stripe-js/pure'
import Stripe from 'stripe'

export function client() {
  const stripe = new Stripe('sk_test_local', { host: '127.0.0.1', port: 12111, protocol: 'http' })
  return stripe
}

export async function inTheBrowser() {
  const script = document.createElement('script')
  script.src = 'http://127.0.0.1:12111/endive/stripe.js'
  await new Promise((resolve, reject) => {
    script.onload = resolve
    script.onerror = reject
    document.head.append(script)
  })
  const stripe = await loadStripe('pk_test_local')
  return stripe
}

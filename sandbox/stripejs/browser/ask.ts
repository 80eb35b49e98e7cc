import type { StripeError } from '@stripe/stripe-js'
import type { AnyIntent, Parts } from './parts'

/** Asks the API as a page: by a publishable key, which goes into the form so that no browser has to ask first. */
export function askPart(parts: Parts): Parts['ask'] {
  return async (key, method, path, form) => {
    const query = new URLSearchParams({ key, ...form }).toString()
    const address = `${parts.base}/v1/${path}${method === 'GET' ? `?${query}` : ''}`
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const sent = method === 'GET' ? {} : { method, headers, body: query }
    try {
      const answer: unknown = await (await fetch(address, sent)).json()
      // The API answers with the object or with its error, in Stripe's form.
      const { error } = answer as { error?: StripeError }
      return error ? { error } : { intent: answer as AnyIntent }
    } catch {
      const message = 'We are experiencing issues connecting to our payments provider.'
      return { error: { type: 'api_connection_error', message } }
    }
  }
}

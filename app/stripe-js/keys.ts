import 'server-only'
import { env } from '@/lib/env'

/** By what a page of ours runs Stripe.js. */
export type StripeKeys = {
  publishableKey: string
  /** Where the sandbox's stand-in for Stripe.js is; null where it is Stripe's own. */
  sandbox: string | null
}

/** Null without a publishable key: then cards are left, and banks answered, on Stripe's own pages. */
export function stripeKeys(): StripeKeys | null {
  const { publishableKey, apiBase } = env().stripe
  return publishableKey === null ? null : { publishableKey, sandbox: apiBase?.origin ?? null }
}

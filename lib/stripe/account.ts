import Stripe from 'stripe'
import { callStripe } from './call'
import { stripeClient } from './client'

/** That Stripe takes the key, and what the way there shows. */
export type Reach = {
  /** Milliseconds there and back. */
  ms: number
  /** How far the clock of this machine is ahead of Stripe's, in milliseconds; null: Stripe named no time. */
  aheadMs: number | null
}

/** Asks Stripe for next to nothing. @throws as every call does */
export async function reachStripe(): Promise<Reach> {
  const sentAt = Date.now()
  const began = performance.now()
  const { lastResponse } = await callStripe((stripe) => stripe.prices.list({ limit: 1 }))
  const ms = performance.now() - began
  const date = Date.parse(lastResponse.headers.date ?? '')
  // The header has whole seconds, cut off: half of one is the best guess of the rest.
  const aheadMs = Number.isNaN(date) ? null : sentAt + ms / 2 - (date + 500)
  return { ms, aheadMs }
}

/** Whether the account may take payments; null: the key may not ask. */
export async function readChargesEnabled(): Promise<boolean | null> {
  return unlessHidden(async (stripe) => (await stripe.accounts.retrieveCurrent()).charges_enabled)
}

/**
 * How far Stripe Tax is set up, and what is missing; null: the key may not ask, or this Stripe is a sandbox
 * that computes no taxes.
 */
export async function readTaxSettings(): Promise<{ active: boolean; missing: string[] } | null> {
  return unlessHidden(async (stripe) => {
    const { status, status_details: details } = await stripe.tax.settings.retrieve()
    return { active: status === 'active', missing: details.pending?.missing_fields ?? [] }
  })
}

/** How many of the latest hundred events since `since` (Unix seconds) reached no endpoint, or not yet. */
export async function countUndelivered(since: number, until: number): Promise<number> {
  const created = { gte: since, lte: until }
  const events = await callStripe((stripe) =>
    stripe.events.list({ delivery_success: false, created, limit: 100 }),
  )
  return events.data.length
}

async function unlessHidden<T>(ask: (stripe: Stripe) => Promise<T>): Promise<T | null> {
  try {
    return await ask(stripeClient())
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) return null
    if (error instanceof Stripe.errors.StripeError && error.code === 'sandbox_unsupported')
      return null
    return callStripe(() => Promise.reject(error))
  }
}

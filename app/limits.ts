import 'server-only'
import { headers } from 'next/headers'
import { RateLimited } from '@/lib/errors'
import { limitRate, type RateRule } from '@/lib/redis/rate-limit'
import { networkKey } from './network-key'

type Who = { id: string }

/** Sixty a minute: far above any person and every double click, far below what would trouble Stripe. */
export function limitCheckout({ id }: Who): Promise<void> {
  return within({
    name: 'checkout.start',
    key: id,
    limit: 60,
    windowSeconds: 60,
    whenDown: 'refuse',
  })
}

/** As for checkout: each one asks Stripe for a session. */
export function limitPortal({ id }: Who): Promise<void> {
  return within({ name: 'portal.open', key: id, limit: 60, windowSeconds: 60, whenDown: 'refuse' })
}

/**
 * A hundred links for one network in ten minutes: an office stays below, a list of strangers'
 * addresses does not. Whoever cannot be placed shares one limit with everybody else who cannot.
 * How many one address may get is the mail's own rule.
 */
export async function limitSignIn(): Promise<void> {
  const network = networkKey(await headers())
  const share = network ? { key: network, limit: 100 } : { key: 'unknown', limit: 1000 }
  await within({ name: 'sign_in.network', ...share, windowSeconds: 600, whenDown: 'refuse' })
}

async function within(rule: RateRule): Promise<void> {
  const decision = await limitRate(rule)
  if (decision.allowed) return
  throw new RateLimited(
    'Too many tries in a short time. Wait a moment.',
    decision.retryAfterSeconds,
  )
}

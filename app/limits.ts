import 'server-only'
import { headers } from 'next/headers'
import { isKnownNetworkOf } from '@/lib/auth/known-network'
import { RateLimited } from '@/lib/errors'
import { limitRate, type RateDecision, type RateRule } from '@/lib/redis/rate-limit'
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

/** As for checkout; here each one asks Stripe several times, writes to the audit trail, and may charge a card. */
export function limitBilling({ id }: Who): Promise<void> {
  return within({ name: 'billing.act', key: id, limit: 30, windowSeconds: 60, whenDown: 'refuse' })
}

/** As for checkout; here each one may end sessions and writes to the audit trail. */
export function limitSettings({ id }: Who): Promise<void> {
  return within({ name: 'settings', key: id, limit: 30, windowSeconds: 60, whenDown: 'refuse' })
}

/** As for checkout; an operator works faster than a customer, and each act may ask Stripe several times. */
export function limitConsole({ id }: Who): Promise<void> {
  return within({ name: 'console', key: id, limit: 60, windowSeconds: 60, whenDown: 'refuse' })
}

/** Each one writes to both stores, and asks Stripe for all that it is set up with, and the mail server. */
export function limitDoctor({ id }: Who): Promise<void> {
  return within({ name: 'doctor', key: id, limit: 6, windowSeconds: 60, whenDown: 'allow' })
}

/** What costs a use has its own limit by plan; this one stops a page that sends in a loop. */
export function limitUse({ id }: Who): Promise<void> {
  return within({ name: 'use', key: id, limit: 60, windowSeconds: 60, whenDown: 'refuse' })
}

/**
 * A hundred links for one network in ten minutes: an office stays below, a list of other people's
 * addresses does not. All requests whose network is unknown share one limit.
 * A user who signed in from this network before is let through whatever others on it do. How many
 * mails one address may get is the mail's own rule.
 */
export async function limitSignIn({ email }: { email: string }): Promise<void> {
  const network = await requestNetwork()
  const share = network ? { key: network, limit: 100 } : { key: 'unknown', limit: 1000 }
  const decision = await limitRate({
    name: 'sign_in.network',
    ...share,
    windowSeconds: 600,
    whenDown: 'refuse',
  })
  if (decision.allowed || (network && (await isKnownNetworkOf(email, network)))) return
  refuse(decision, 'too_many_sign_ins')
}

/** Thirty promotion codes a minute for one network: many who share it follow a link, and no one guesses codes. */
export async function limitPromotion(): Promise<void> {
  const key = (await requestNetwork()) ?? 'unknown'
  await within({ name: 'promotion', key, limit: 30, windowSeconds: 60, whenDown: 'refuse' })
}

/** The network that this request counts for; null when it cannot be known. */
export async function requestNetwork(): Promise<string | null> {
  return networkKey(await headers())
}

async function within(rule: RateRule): Promise<void> {
  refuse(await limitRate(rule), 'too_many_tries')
}

function refuse(decision: RateDecision, reason: 'too_many_tries' | 'too_many_sign_ins'): void {
  if (!decision.allowed) throw new RateLimited(reason, decision.retryAfterSeconds)
}

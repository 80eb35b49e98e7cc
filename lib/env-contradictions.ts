import type { AppEnv } from './app-env'
import { exposures } from './env-exposures'
import { type Given, isDeployed, isLive, isVercel } from './env-given'
import { hostOf, isLoopback, isNear } from './env-hosts'

/**
 * The given variables that contradict each other: a sentence each. Checked whether or not the rest of
 * them parses, so that the operator can fix everything in one round.
 */
export function contradictions(v: Given, appEnv: AppEnv): string[] {
  return [
    ...ofKeys(v, appEnv),
    ...ofSandbox(v, appEnv),
    ...exposures(v, appEnv),
    ...PAIRS.map(([a, b]) => !v[a] !== !v[b] && `${a} and ${b} go together: set both or neither.`),
    isDeployed(appEnv) &&
      v.EMAIL_SERVER &&
      !v.EMAIL_FROM &&
      'EMAIL_SERVER is set and EMAIL_FROM is not: mail would have no sender address. Set both.',
    isVercel(v) &&
      v.TRUSTED_PROXIES &&
      'TRUSTED_PROXIES is set on Vercel, whose edge says by itself where a request comes from. Remove it.',
  ].filter((problem) => typeof problem === 'string')
}

const PAIRS = [
  ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'],
  ['AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'],
] as const

function ofKeys(v: Given, appEnv: AppEnv) {
  const live = isLive(v.STRIPE_SECRET_KEY)
  const { VERCEL_ENV, NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY: publishable } = v
  return [
    live &&
      appEnv !== 'production' &&
      `STRIPE_SECRET_KEY is a live key and APP_ENV is ${appEnv}. Use a test key here; live keys belong to production.`,
    live &&
      appEnv === 'production' &&
      (VERCEL_ENV === 'preview' || VERCEL_ENV === 'development') &&
      `STRIPE_SECRET_KEY is a live key, and while APP_ENV is production, VERCEL_ENV is ${VERCEL_ENV}. Use a test key here, and leave APP_ENV out.`,
    v.STRIPE_SECRET_KEY &&
      publishable &&
      isLive(publishable) !== live &&
      'NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY and STRIPE_SECRET_KEY differ in mode: one is live, the other a test key.',
  ]
}

function ofSandbox(v: Given, appEnv: AppEnv) {
  const base = hostOf(v.STRIPE_API_BASE)
  return [
    v.STRIPE_API_BASE &&
      isLive(v.STRIPE_SECRET_KEY) &&
      'STRIPE_SECRET_KEY is a live key and STRIPE_API_BASE points at a sandbox: a live key must never leave for another host. Remove one.',
    v.STRIPE_API_BASE &&
      appEnv === 'production' &&
      'STRIPE_API_BASE is set in production, where plans must be paid for at Stripe. Remove it.',
    base !== null &&
      appEnv === 'preview' &&
      !isLoopback(base) &&
      'STRIPE_API_BASE leads to another machine. In a preview a sandbox must be on this one, such as http://127.0.0.1:12111: use Stripe with a test key, and remove it.',
    base !== null &&
      !isDeployed(appEnv) &&
      !isNear(base) &&
      'STRIPE_API_BASE leads to another machine. A sandbox must be on this one, such as http://127.0.0.1:12111, or in a container beside it.',
  ]
}

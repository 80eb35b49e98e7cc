import type { AppEnv } from './env'

/**
 * What does not go together, of the variables that were given: a sentence each. Asked whether or not
 * the rest of them parses, because nobody should have to mend in rounds.
 */
export function contradictions(v: Record<string, string | undefined>, appEnv: AppEnv): string[] {
  const live = isLive(v.STRIPE_SECRET_KEY)
  const pairs = [
    ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'],
    ['AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'],
  ] as const
  return [
    live &&
      v.STRIPE_API_BASE &&
      'STRIPE_SECRET_KEY is a live key and STRIPE_API_BASE points at a sandbox: a live key must never leave for another host. Remove one.',
    live &&
      appEnv !== 'production' &&
      `STRIPE_SECRET_KEY is a live key and APP_ENV is ${appEnv}. Use a test key here; live keys belong to production.`,
    appEnv === 'production' &&
      v.STRIPE_API_BASE &&
      'STRIPE_API_BASE is set in production, where plans must be paid for at Stripe. Remove it.',
    appEnv === 'production' &&
      v.APP_URL?.startsWith('http://') &&
      'APP_URL must start with https:// in production.',
    ...pairs.map(([a, b]) => !v[a] !== !v[b] && `${a} and ${b} go together: set both or neither.`),
  ].filter((problem) => typeof problem === 'string')
}

/** Whether a key moves real money. */
export function isLive(key: string | undefined): boolean {
  return /^(sk|rk)_live_/.test(key ?? '')
}

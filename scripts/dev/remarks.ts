import { given } from '@/scripts/stack/given'

/** A line for the banner when a port that was not asked for is not the usual one. */
export function movedRemark(what: string, port: number, usual: number): string[] {
  const asked = given(what === 'app' ? 'PORT' : 'SANDBOX_PORT')
  return asked || port === usual ? [] : [`Port ${usual} is taken: the ${what} is on ${port}.`]
}

/** What is left to do when Stripe is real. */
export function realStripeRemarks(): string[] {
  const push = 'Stripe is real: `npm run stripe:push` brings the catalog there.'
  if (given('STRIPE_WEBHOOK_SECRET')) return [push]
  return [
    push,
    'STRIPE_WEBHOOK_SECRET is not set: webhooks are refused. `stripe listen` prints one.',
  ]
}

/** Beside a real Stripe there is neither captured mail nor a demo user: some way in must be set. */
export function signInRemark(sandboxUrl: string | null): string[] {
  const ways = [
    ['EMAIL_SERVER'],
    ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'],
    ['AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'],
  ]
  if (sandboxUrl || ways.some((names) => names.every(given))) return []
  return [`No one can sign in: set ${ways.map((names) => names.join(' and ')).join(', or ')}.`]
}

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

/** What is missing where others reach the app: it answers no request to a name that it does not know. */
export function addressRemark(host: string | undefined): string[] {
  if (isHere(host) || given('APP_URL')) return []
  return ['Others must open it at the address in APP_URL: set it, such as http://192.168.1.5:3000.']
}

/** From where the app can be reached, and how to change it. */
export function hostRemark(host: string | undefined, sandboxUrl: string | null): string[] {
  if (isHere(host))
    return ['Only this machine reaches it; `-- --host 0.0.0.0` opens it to the network.']
  const danger = sandboxUrl ? ': every visitor can read the mail and sign in as any user' : ''
  return [`Open to the network (--host ${host})${danger}.`]
}

function isHere(host: string | undefined): boolean {
  return host === undefined || /^(localhost|127\..*|::1|\[::1\])$/.test(host)
}

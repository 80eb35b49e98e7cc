import type { StripeUse } from './stripe-pages'

/**
 * What a page of ours may load, and where its forms may end. Nothing of Stripe's is on a page, except on the
 * few that run Stripe.js: hosted Checkout and the portal are pages of Stripe's own.
 * @param scripts what may run besides our own files: hashes, a nonce, or a keyword
 */
export function contentPolicy(scripts: readonly string[], use: StripeUse | null = null): string {
  const stripe = use ? STRIPE[use] : null
  const list = (...sources: (string | null | undefined)[]) => sources.filter(Boolean).join(' ')
  return [
    "default-src 'self'",
    list("script-src 'self'", ...scripts, stripe?.scripts),
    "style-src 'self' 'unsafe-inline'",
    list("img-src 'self' data:", stripe && 'https://*.stripe.com'),
    list("connect-src 'self'", stripe?.connects),
    ...(stripe ? [`frame-src ${stripe.frames}`] : []),
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
    `form-action ${FORMS_END.join(' ')}`,
  ].join('; ')
}

// docs.stripe.com/security/guide#content-security-policy. Banks ask in frames of hooks.stripe.com.
const ELEMENTS = {
  scripts: 'https://js.stripe.com https://*.js.stripe.com',
  connects: 'https://api.stripe.com',
  frames: 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com',
}
const CHECKOUT = 'https://checkout.stripe.com'
const STRIPE = {
  elements: ELEMENTS,
  checkout: {
    scripts: `${ELEMENTS.scripts} ${CHECKOUT}`,
    connects: `${ELEMENTS.connects} ${CHECKOUT}`,
    frames: `${ELEMENTS.frames} ${CHECKOUT}`,
  },
}

// Chromium holds a form's redirect to this list: at Stripe, and at GitHub or Google for signing in.
const FORMS_END = [
  ...["'self'", 'https://checkout.stripe.com', 'https://billing.stripe.com'],
  // The page of an invoice, where a bank asks its customer.
  'https://invoice.stripe.com',
  ...['https://github.com', 'https://accounts.google.com'],
]

const AT_SANDBOX = 'http://127.0.0.1:* http://localhost:*'

/** The same policy with forms, and Stripe.js where it runs, that may also be of this machine, where a sandbox is. */
export function besideSandbox(policy: string): string {
  const runsStripe = /frame-src /.test(policy)
  const where = runsStripe ? /(form-action|script-src|connect-src|frame-src) [^;]*/g : FORMS
  return policy.replace(where, `$& ${AT_SANDBOX}`)
}

const FORMS = /form-action [^;]*/

/**
 * What a page of ours may load, and where its forms may end. No script of Stripe's stands on any
 * page: hosted Checkout and the portal are pages of Stripe's own.
 * @param scripts what may run besides our own files: hashes, a nonce, or a keyword
 */
export function contentPolicy(scripts: readonly string[]): string {
  return [
    "default-src 'self'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
    `form-action ${FORMS_END.join(' ')}`,
  ].join('; ')
}

// Chromium holds a form's redirect to this list: at Stripe, and at GitHub or Google for signing in.
const FORMS_END = [
  ...["'self'", 'https://checkout.stripe.com', 'https://billing.stripe.com'],
  // The page of an invoice, where a bank asks its customer.
  'https://invoice.stripe.com',
  ...['https://github.com', 'https://accounts.google.com'],
]

const AT_SANDBOX = 'http://127.0.0.1:* http://localhost:*'

/** The same policy with forms that may also end on this machine, where a sandbox is. */
export function besideSandbox(policy: string): string {
  return policy.replace(/form-action [^;]*/, `$& ${AT_SANDBOX}`)
}

/**
 * Whether a key can do only some things with its account. `rkcs_` is that of a sandbox without an account, which
 * Stripe's command line makes (docs.stripe.com/cli/sandbox).
 */
export function isRestricted(key: string): boolean {
  return /^rk(cs)?_/.test(key)
}

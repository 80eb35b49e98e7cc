import type { Reason } from '@/lib/refusals/sentences'

// next-auth's words for what went wrong (its `error` query), and our own.
const REASONS: Record<string, Reason> = {
  Verification: 'link_used',
  AccessDenied: 'links_turned_off',
  EmailNotVerified: 'email_not_verified',
  SecondAccount: 'address_has_account',
  OAuthAccountNotLinked: 'address_has_account',
  OAuthCallbackError: 'other_site_unfinished',
}

/** Why a sign-in failed that next-auth led back from. What it has no better word for is a fault of ours. */
export function authReason(code: string): Reason {
  return Object.hasOwn(REASONS, code) ? (REASONS[code] ?? 'sign_in_away') : 'sign_in_away'
}

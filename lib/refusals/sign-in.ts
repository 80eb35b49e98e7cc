import type { Sentence } from './sentence'

/** The visitor is not signed in. */
export const SIGNED_OUT = {
  signed_out: {
    title: 'You are not signed in any more.',
    advice: 'Nothing was changed. Sign in, then do it again.',
  },
} as const satisfies Record<string, Sentence>

/** The user is known, and may not do this. */
export const FORBIDDEN = {
  sign_in_again: {
    title: 'You signed in more than 30 minutes ago.',
    advice:
      'Nothing was changed. Sign in once more, so that we know that it is you, and do it then.',
  },
  role_without_billing: {
    title: 'Only an owner or an admin of this workspace can change its billing.',
    advice: 'Nothing was changed. Ask one of them to do it.',
  },
  account_may_not_sign_in: {
    title: 'That account may not sign in here.',
    advice: 'Sign in with another one, or ask the people who run this app.',
  },
  feature_withheld: {
    title: 'This is turned off for your account.',
    advice: 'Nothing was changed. The people who run this app can say why.',
  },
  api_key_without_plan: {
    title: 'The plan of this API key’s workspace does not allow API access now.',
    advice: 'Nothing was done. With a plan that includes it the key works again at once.',
  },
  uses_used_up: {
    title: 'All of this month’s uses are used, and no plan has more.',
    advice: 'Nothing was made. They begin anew with the next month.',
  },
  plan_withheld: {
    title: 'Plans are turned off for your account.',
    advice: 'Nothing was charged or changed. The people who run this app can say why.',
  },
  credits_withheld: {
    title: 'Credits are not sold to your account now.',
    advice:
      'Nothing was charged. Those you have can still be used. The people who run this app can say why.',
  },
  feature_not_sold: {
    title: 'No plan includes this.',
    advice: 'Nothing was changed. Ask the people who run this app about it.',
  },
} as const satisfies Record<string, Sentence>

/** No refusal any more: the user has signed in again, and finds what they had typed. */
export const SIGNED_IN_AGAIN = {
  typed_kept: {
    title: 'You are signed in again.',
    advice: 'What you typed is back in its form. It was not sent: send it if it is still right.',
  },
} as const satisfies Record<string, Sentence>

/** What comes back from a mailed link, GitHub or Google instead of a session. */
export const NOT_SIGNED_IN = {
  link_used: {
    title: 'That link has been used or is too old.',
    advice: 'Ask for a new one below.',
  },
  links_turned_off: {
    title: 'Links by email are turned off for that account.',
    advice: 'Sign in another way.',
  },
  email_not_verified: {
    title: 'That site has not verified your email address.',
    advice: 'Verify it there and try again, or ask for a link below.',
  },
  address_has_account: {
    title: 'That email address already has an account here.',
    advice: 'Sign in the way you did before.',
  },
  other_site_unfinished: {
    title: 'The other site did not complete the sign-in.',
    advice: 'Try again, or choose another way to sign in.',
  },
} as const satisfies Record<string, Sentence>

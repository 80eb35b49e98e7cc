import type { Sentence } from './sentence'

/** It was there once. */
export const GONE = {
  customer_deleted: {
    title: 'Your billing account was deleted at Stripe.',
    advice:
      'What it paid for has ended with it, and nothing more is charged. Choose a plan to begin anew.',
  },
  customer_missing: {
    title: 'Stripe does not have your billing account.',
    advice:
      'Nothing was charged, and your plan stays as it is. The people who run this app have been notified and have to look.',
  },
} as const satisfies Record<string, Sentence>

/** It does not exist, or is not theirs. */
export const NOT_FOUND = {
  ...GONE,
  no_billing: {
    title: 'There is no billing account yet.',
    advice: 'It is made with your first upgrade. Choose a plan to begin.',
  },
  no_plan: {
    title: 'There is no plan of yours that this could change.',
    advice: 'Nothing was charged. If it has ended, choose a plan to begin anew.',
  },
  setup_unknown: {
    title: 'That payment method was not added by you, or Stripe does not have it.',
    advice: 'Nothing was changed or charged. Add yours below.',
  },
  no_receipt: {
    title: 'There is no receipt for that invoice.',
    advice: 'There is one where money was charged. What its PDF says counts as well.',
  },
  no_such_user: {
    title: 'No one here signs in with that address.',
    advice: 'Nothing was changed. They sign in once first; then they can be appointed.',
  },
  console_gone: {
    title: 'What that was about is not there any more.',
    advice: 'Nothing was done. Look at how it is now.',
  },
  api_key_gone: {
    title: 'That API key is not one of this workspace.',
    advice: 'Nothing was changed. Those that it has are listed below.',
  },
  user_gone: {
    title: 'Your account here is not there any more.',
    advice: 'Sign out. If you did not ask for it to be removed, write to us.',
  },
  not_at_stripe: {
    title: 'Stripe does not have what this needs.',
    advice: 'Nothing was charged. Try again; if it stays, write to us with the reference.',
  },
  checkout_customer_gone: {
    title: 'This checkout belongs to a billing account that was deleted at Stripe.',
    advice: 'Nothing was charged. Try again to open a new checkout.',
  },
  email_sign_in_off: {
    title: 'Signing in by email is not set up here.',
    advice: 'Choose another way to sign in.',
  },
  github_off: {
    title: 'Signing in with GitHub is not set up here.',
    advice: 'Choose another way to sign in.',
  },
  google_off: {
    title: 'Signing in with Google is not set up here.',
    advice: 'Choose another way to sign in.',
  },
  demo_off: {
    title: 'There is no demo sign-in here.',
    advice: 'Choose another way to sign in.',
  },
} as const satisfies Record<string, Sentence>

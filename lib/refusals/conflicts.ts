import type { Sentence } from './sentence'

/** The thing is not in the state that the request assumes. */
export const CONFLICTS = {
  checkout_opening: {
    title: 'Another checkout is being opened for this account.',
    advice: 'Nothing was charged. Wait a moment, and choose a plan in one tab only.',
  },
  checkout_closing: {
    title: 'Another checkout is being closed for this account.',
    advice: 'Nothing was charged. Wait a moment, then try again.',
  },
  customer_in_the_making: {
    title: 'Your billing account is being set up at this moment.',
    advice: 'Nothing was charged. Try again in a moment.',
  },
  use_key_taken: {
    title: 'That key stands for another use already.',
    advice: 'Nothing was counted. Repeat a request unchanged, or give each use a key of its own.',
  },
  only_sign_in_method: {
    title: 'That is the only way into your account, so it stays.',
    advice: 'Nothing was changed.',
  },
  address_taken: {
    title: 'Another account has this address.',
    advice: 'Nothing was changed. Use another address, or sign in to that account.',
  },
} as const satisfies Record<string, Sentence>

import type { Sentence } from './sentence'

/** Tried too often; each says when to come back. */
export const TOO_MANY = {
  too_many_tries: {
    title: 'That was many tries in a short time.',
    advice: 'Nothing was charged or changed. Try again in {wait}.',
  },
  too_many_sign_ins: {
    title: 'Your network has asked for many sign-ins in a short time.',
    advice: 'Try again in {wait}, or from another network.',
  },
  too_many_mails: {
    title: 'That is many sign-in mails for one address.',
    advice: 'Use the link in the newest one, or ask again in {wait}.',
  },
} as const satisfies Record<string, Sentence>

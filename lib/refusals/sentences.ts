import { AWAY } from './away'
import { CARD } from './card'
import { CONFLICTS } from './conflicts'
import { INVALID } from './invalid'
import { NOT_FOUND } from './not-found'
import { PLAN } from './plan'
import type { Sentence } from './sentence'
import { FORBIDDEN, NOT_SIGNED_IN, SIGNED_IN_AGAIN, SIGNED_OUT } from './sign-in'
import { TOO_MANY } from './too-many'

/** Those of the edge itself, where no verb was reached or a verb failed unexpectedly. */
const AT_THE_EDGE = {
  other_address: {
    title: 'This page was opened at another address.',
    advice: 'Nothing was changed. Open the app at its own address and try again.',
  },
  unforeseen: {
    title: 'Something went wrong on our side.',
    advice: 'Nothing was charged. Try again; if it stays, write to us with the reference.',
  },
} as const satisfies Record<string, Sentence>

/** Every refusal that a page can show, by its reason. */
export const SENTENCES = {
  ...SIGNED_OUT,
  ...FORBIDDEN,
  ...NOT_FOUND,
  ...CONFLICTS,
  ...INVALID,
  ...TOO_MANY,
  ...CARD,
  ...PLAN,
  ...AWAY,
  ...NOT_SIGNED_IN,
  ...SIGNED_IN_AGAIN,
  ...AT_THE_EDGE,
}

export type Reason = keyof typeof SENTENCES

/** Whether there is a sentence for it in this version. */
export function isReason(value: unknown): value is Reason {
  return typeof value === 'string' && Object.hasOwn(SENTENCES, value)
}

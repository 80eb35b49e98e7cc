import { storedAs } from '@/sandbox/store/setting'

/** What becomes of a renewal that is not paid. At Stripe these are settings of the account, made in its dashboard. */
export interface Dunning {
  /** Days from each refused attempt to the next; after the last one the retries end. */
  retry_days: number[]
  /** What follows the last retry. `leave` keeps the subscription past due. */
  after_retries: AfterRetries
  /** Pauses at the first refusal; nothing is tried again then. */
  pause_on_first_failure: boolean
}

export const AFTER_RETRIES = ['cancel', 'mark_unpaid', 'leave', 'pause'] as const
export type AfterRetries = (typeof AFTER_RETRIES)[number]

/** The policy of an account whose owner has changed nothing. Stripe's own schedule has at most three retries. */
export const USUAL_DUNNING: Dunning = {
  retry_days: [3, 5, 7],
  after_retries: 'cancel',
  pause_on_first_failure: false,
}

const stored = storedAs('dunning', USUAL_DUNNING)

/** The policy that holds now. */
export const dunningOf = stored.read

/** Changes what is given of it, and leaves the rest as it is. */
export const setDunning = stored.change

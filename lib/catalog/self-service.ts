/** What customers may do with a plan by themselves, beyond changing and canceling it. */
export type SelfService = {
  /** For how many months a plan that is billed by the month may be paused; none, and pausing is not offered. */
  pauseMonths: readonly number[]
}

export const SELF_SERVICE: SelfService = { pauseMonths: [1, 2, 3] }

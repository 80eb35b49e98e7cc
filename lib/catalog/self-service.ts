/** What customers may do with a plan by themselves, beyond changing it and canceling it with its period. */
export type SelfService = {
  /** For how many months a plan that is billed by the month may be paused; none, and pausing is not offered. */
  pauseMonths: readonly number[]
  /**
   * Whether a plan that is paid for may be ended at once, and what becomes of its money. `off`: it
   * ends with its period.
   * `keep_money`: nothing goes back. `refund_unused`: what the rest of the period was paid with
   * goes back, to the second.
   */
  endNow: 'off' | 'keep_money' | 'refund_unused'
}

export const SELF_SERVICE: SelfService = { pauseMonths: [1, 2, 3], endNow: 'off' }

/** What becomes of a trial whose person or card has had one before. */
export type TrialPolicy = {
  /**
   * Known people and cards get none: Checkout asks for the first payment at once. What shows only after
   * Checkout, such as a card that is typed there: `charge`: the trial ends, and the first period is charged,
   * as the page said before the button was pressed. `allow`: it goes on.
   */
  again: 'charge' | 'allow'
}

/** docs/decisions/0040 has the reasons. */
export const TRIAL_POLICY: TrialPolicy = { again: 'charge' }

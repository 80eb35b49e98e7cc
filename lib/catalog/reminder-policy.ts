/** When customers are reminded of a charge that is yet to come: the founder's choices, as data. */
export type ReminderPolicy = {
  /** Days before a trial ends, besides the three of Stripe's own event. Trials that are hardly longer have none. */
  trialDays: number
  /** Days before a plan that is billed for a year or longer renews. */
  yearlyDays: number
  /** Days of validity that a card has left. */
  cardDays: number
}

/** The policy of this application. docs/decisions/0041 has the reasons. */
export const REMINDER_POLICY: ReminderPolicy = {
  // Card networks ask for seven before the first charge after a trial.
  trialDays: 7,
  // They ask for seven here, too, and some laws for fifteen to forty-five.
  yearlyDays: 30,
  // The last month: a new card is on its way, or there, by then.
  cardDays: 30,
}

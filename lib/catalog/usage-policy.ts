/** How uses are counted: the founder's choices, as data. A plan's own are in plans.ts. */
export type UsagePolicy = {
  /**
   * When a plan's uses begin anew: each month of the subscription's own period, from the day that it was
   * bought on, or with the calendar month. Without a subscription it is the calendar month.
   */
  usagePeriod: 'subscription' | 'calendar_month'
  /** Credits are spent when the plan's uses are, or first. */
  credits: 'after_plan' | 'before_plan'
  /** `event_name` of a meter at Stripe that gets each use; null: none is. */
  meter: string | null
}

/** The policy of this application. docs/how-to/meter-usage.md */
export const USAGE_POLICY: UsagePolicy = {
  // A customer who pays on the 20th has their uses from the 20th on: not ten days' worth of the first month.
  usagePeriod: 'subscription',
  // What a plan gives is gone with the month; what was bought beside it lasts longer.
  credits: 'after_plan',
  // Limits need none: a meter is for a price at Stripe that bills by use.
  meter: null,
}

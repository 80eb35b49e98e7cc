/** Why a customer cancels: Stripe's own words for it. */
export const FEEDBACK = [
  'too_expensive',
  'missing_features',
  'unused',
  'switched_service',
  'too_complex',
  'low_quality',
  'customer_service',
  'other',
] as const

export type Feedback = (typeof FEEDBACK)[number]

/** What the customer said about it, if anything. */
export type Leaving = { feedback: Feedback | null; comment: string | null }

import type Stripe from 'stripe'

/** The reasons that a person may give for leaving. */
export const FEEDBACK = [
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
] as const satisfies readonly Stripe.Subscription.CancellationDetails.Feedback[]

/** Whether a text is one of them. */
export function isFeedback(text: string | null | undefined): text is (typeof FEEDBACK)[number] {
  return FEEDBACK.some((word) => word === text)
}

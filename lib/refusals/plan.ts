import type { Sentence } from './sentence'

/** The plan does not have it, or is not paid for. Each names the plan that allows it. */
export const PLAN = {
  plan_required: {
    title: 'Your plan does not include this.',
    advice: 'Nothing was charged or changed. {plan} includes it: choose it on the plans page.',
  },
  plan_not_active: {
    title: 'Your plan allows nothing at the moment.',
    advice:
      'Nothing was charged or changed. {plan} includes this: your billing page says what it waits for.',
  },
  limit_reached: {
    title: 'You have used all of this month’s uses.',
    advice: 'Nothing was made. {plan} has more: choose it on the plans page.',
  },
} as const satisfies Record<string, Sentence>

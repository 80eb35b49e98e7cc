import type { Sentence } from './sentence'

/** The plan does not have it. Each names the plan that does. */
export const PLAN = {
  plan_required: {
    title: 'Your plan does not include this.',
    advice: 'Nothing was charged or changed. {plan} includes it: choose it on the plans page.',
  },
} as const satisfies Record<string, Sentence>

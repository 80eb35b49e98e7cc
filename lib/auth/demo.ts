import type { Choice } from '@/lib/catalog/parse-choice'
import { ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'

export type DemoUser = {
  name: string
  email: string
  /** What they have when the demo begins; null for a user who never bought. */
  plan: Choice | null
}

/** The users of a development installation from the start: one click signs each of them in. */
export const DEMO_USERS: readonly DemoUser[] = [
  { name: 'Ada Palmer', email: 'ada@demo.test', plan: null },
  {
    name: 'Bruno Costa',
    email: 'bruno@demo.test',
    plan: { tier: ENTRY_PLAN.tier, interval: 'month' },
  },
  {
    name: 'Chidi Okafor',
    email: 'chidi@demo.test',
    plan: { tier: TOP_PLAN.tier, interval: 'year' },
  },
]

import type { Money } from '@/lib/money'
import { catalogOf, type PaidPlanOf, type PlanOf } from './catalog-of'

/**
 * The catalog is code: one entry a plan, from least to most, and a later one includes what the earlier
 * have. Everything else follows: pages, limits, price variables, and what `npm run stripe:push` makes
 * at Stripe. An entry's key is its tier. It stands in the database and at Stripe, and never changes;
 * its name may. docs/how-to/add-a-plan.md
 */
export const {
  ALL_PLANS,
  ENTRY_PLAN,
  FREE,
  INTERVALS,
  isPaidTier,
  PAID_PLANS,
  PAID_TIERS,
  PLANS,
  RECOMMENDED,
  TIERS,
  TOP_PLAN,
} = catalogOf({
  free: {
    name: 'Free',
    summary: 'Enough to see whether it suits you, for as long as you like.',
    prices: null,
    monthlyUses: 10,
    features: [],
  },
  paid: {
    pro: {
      name: 'Pro',
      summary: 'For people who use it every working day.',
      prices: { month: usd(1900), year: usd(19_000) },
      monthlyUses: 100,
      features: ['priority_support', 'advanced_analytics'],
      highlight: 'Recommended',
    },
    studio: {
      name: 'Studio',
      summary: 'For work that you deliver under your own name.',
      prices: { month: usd(4900), year: usd(49_000) },
      monthlyUses: 500,
      apiRequestsPerMinute: 300,
      features: ['priority_support', 'advanced_analytics', 'api_access', 'white_label'],
    },
  },
})

export type Tier = (typeof TIERS)[number]
export type PaidTier = (typeof PAID_TIERS)[number]
export type Interval = (typeof INTERVALS)[number]
export type Plan = PlanOf<Tier>
export type PaidPlan = PaidPlanOf<PaidTier>

function usd(amount: number): Money {
  return { amount, currency: 'usd' }
}

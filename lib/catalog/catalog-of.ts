import { BRAND } from '@/lib/brand'
import type { Money } from '@/lib/money'
import type { Feature } from './features'

export type Interval = 'month' | 'year'

export type PlanOf<T extends string> = FreePlan | PaidPlanOf<T>
export type FreePlan = FreeEntry & Priced & { tier: 'free'; lookupKeys: null }
export type PaidPlanOf<T extends string> = PaidEntry &
  Priced & {
    tier: T
    /** Stripe's name for the price that is sold today; `stripe:push` moves it when a price changes. */
    lookupKeys: Readonly<Record<Interval, string>>
  }

// Everything is priced in one currency, as Stripe writes it.
type Priced = { currency: string }

export type FreeEntry = Common & { prices: null }
export type PaidEntry = Common & {
  prices: Readonly<Record<Interval, Money>>
  /** Days before the first charge; left out, there is no trial. */
  trialDays?: number
  /**
   * Left out, a trial asks for a card. Otherwise it begins without one, and this is what its end does where
   * none was added: the plan ends, or pauses until one is.
   */
  trialWithoutCard?: 'cancel' | 'pause'
}

type Common = {
  name: string
  summary: string
  /** Uses in each usage period, which is a month; the counter starts again with the next. */
  monthlyUses: number
  /**
   * Past the last use: `block` refuses it, which is the default; `allow` goes on counting, for a plan
   * whose limit is one to talk about.
   */
  overage?: 'block' | 'allow'
  features: readonly Feature[]
  /** Requests in a minute for each API key; 60 when it is left out. */
  apiRequestsPerMinute?: number
  /** A word beside the name, for at most one plan: the one that is recommended. */
  highlight?: string
}

type Entries<P extends string> = { free: FreeEntry; paid: Readonly<Record<P, PaidEntry>> }

/** Everything that is asked of a catalog, from its entries. Their order is from least to most. */
export function catalogOf<P extends string>({ free, paid }: Entries<P>) {
  // The keys of a literal object are exactly its type's.
  const PAID_TIERS = Object.keys(paid) as P[]
  const paidPlans = PAID_TIERS.map((tier) => ({
    ...paid[tier],
    tier,
    currency: paid[tier].prices.month.currency,
    lookupKeys: { month: lookupKey(tier, 'monthly'), year: lookupKey(tier, 'yearly') },
  }))
  const [entryPlan] = paidPlans
  const topPlan = paidPlans.at(-1)
  if (!entryPlan || !topPlan) throw new Error('A catalog needs a plan that is paid for.')
  const FREE: FreePlan = {
    ...free,
    tier: 'free',
    lookupKeys: null,
    currency: entryPlan.currency,
  }
  const byTier = Object.fromEntries(paidPlans.map((plan) => [plan.tier, plan]))
  return {
    INTERVALS: ['month', 'year'] as const satisfies Interval[],
    TIERS: ['free', ...PAID_TIERS] as const,
    PAID_TIERS,
    // One for each key of `paid`, as it was built a line ago.
    PLANS: { ...byTier, free: FREE } as { free: FreePlan } & Record<P, PaidPlanOf<P>>,
    ALL_PLANS: [FREE, ...paidPlans] as readonly PlanOf<P>[],
    PAID_PLANS: paidPlans as readonly PaidPlanOf<P>[],
    /** What a customer has who pays for nothing. */
    FREE,
    /** The smallest plan that is paid for. */
    ENTRY_PLAN: entryPlan as PaidPlanOf<P>,
    /** The greatest one. */
    TOP_PLAN: topPlan as PaidPlanOf<P>,
    RECOMMENDED: (paidPlans.find(({ highlight }) => highlight) ?? entryPlan) as PaidPlanOf<P>,
    isPaidTier: (value: unknown): value is P => PAID_TIERS.some((tier) => tier === value),
  }
}

function lookupKey(tier: string, interval: string): string {
  return `${BRAND.stripe.lookupPrefix}_${tier}_${interval}`
}

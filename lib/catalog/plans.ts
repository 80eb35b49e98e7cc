import type { Money } from '@/lib/money'
import type { Feature } from './features'

/** From least to most: a later tier includes what the earlier ones have. */
export const TIERS = ['free', 'pro', 'studio'] as const
export const PAID_TIERS = ['pro', 'studio'] as const
export const INTERVALS = ['month', 'year'] as const

export type Tier = (typeof TIERS)[number]
export type PaidTier = (typeof PAID_TIERS)[number]
export type Interval = (typeof INTERVALS)[number]

export type Plan = FreePlan | PaidPlan

export type FreePlan = Common & { tier: 'free'; prices: null; lookupKeys: null }

export type PaidPlan = Common & {
  tier: PaidTier
  prices: Readonly<Record<Interval, Money>>
  /** Stripe's name for the price that is sold today; `stripe:push` moves it when a price changes. */
  lookupKeys: Readonly<Record<Interval, string>>
  /** Days before the first charge; left out, there is no trial. */
  trialDays?: number
}

type Common = {
  name: string
  summary: string
  /** Uses in each usage month; the counter starts again with the next. */
  monthlyUses: number
  features: readonly Feature[]
  /** A word beside the name, for at most one plan. */
  highlight?: string
}

/** The catalog is code: `npm run stripe:push` makes Stripe agree with what stands here. */
export const PLANS: { readonly free: FreePlan } & Readonly<Record<PaidTier, PaidPlan>> = {
  free: {
    tier: 'free',
    name: 'Free',
    summary: 'Enough to see whether it suits you, for as long as you like.',
    prices: null,
    lookupKeys: null,
    monthlyUses: 10,
    features: [],
  },
  pro: {
    tier: 'pro',
    name: 'Pro',
    summary: 'For people who use it every working day.',
    prices: { month: usd(1900), year: usd(19_000) },
    lookupKeys: { month: 'ledgerline_pro_monthly', year: 'ledgerline_pro_yearly' },
    monthlyUses: 100,
    features: ['priority_support', 'advanced_analytics'],
    highlight: 'Recommended',
  },
  studio: {
    tier: 'studio',
    name: 'Studio',
    summary: 'For work that you deliver under your own name.',
    prices: { month: usd(4900), year: usd(49_000) },
    lookupKeys: { month: 'ledgerline_studio_monthly', year: 'ledgerline_studio_yearly' },
    monthlyUses: 500,
    features: ['priority_support', 'advanced_analytics', 'api_access', 'white_label'],
  },
}

export function isPaidTier(value: unknown): value is PaidTier {
  return PAID_TIERS.some((tier) => tier === value)
}

function usd(amount: number): Money {
  return { amount, currency: 'usd' }
}

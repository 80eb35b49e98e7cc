import { catalogOf, type FreeEntry, type PaidEntry } from './catalog-of'

/**
 * Catalogs of two to five plans, to look at on /dev/plans and to test with: what is sold is in plans.ts.
 * The highlighted plan is another one each time, and its tiers are its own.
 */
export const SAMPLE_CATALOGS = {
  2: () => catalogOf({ free, paid: { solo: { ...solo, highlight } } }),
  3: () => catalogOf({ free, paid: { solo, team: { ...team, highlight } } }),
  4: () => catalogOf({ free, paid: { solo, team: { ...team, highlight }, business } }),
  5: () => catalogOf({ free, paid: { solo, team, business: { ...business, highlight }, group } }),
}

const highlight = 'Recommended'

const free: FreeEntry = {
  name: 'Hobby',
  summary: 'To find out, for as long as you like.',
  prices: null,
  monthlyUses: 5,
  features: [],
}

const solo: PaidEntry = {
  name: 'Solo',
  summary: 'For one person who uses it every working day.',
  prices: { month: eur(900), year: eur(9000) },
  monthlyUses: 50,
  features: ['priority_support'],
}

const team: PaidEntry = {
  name: 'Team',
  summary: 'For a handful of people who share one account and one bill.',
  prices: { month: eur(2900), year: eur(27_800) },
  monthlyUses: 250,
  features: ['priority_support', 'advanced_analytics'],
}

const business: PaidEntry = {
  name: 'Business',
  summary: 'For a company whose own customers see the work.',
  prices: { month: eur(9900), year: eur(99_000) },
  monthlyUses: 2500,
  features: ['priority_support', 'advanced_analytics', 'api_access'],
  trialDays: 14,
}

const group: PaidEntry = {
  name: 'Enterprise',
  summary: 'For several companies under one roof, each with a name of its own.',
  prices: { month: eur(129_900), year: eur(1_299_000) },
  monthlyUses: 100_000,
  features: ['priority_support', 'advanced_analytics', 'api_access', 'white_label'],
}

function eur(amount: number) {
  return { amount, currency: 'eur' }
}

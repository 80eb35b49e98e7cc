import type { PaidEntry } from '@/lib/catalog/catalog-of'
import type { Feature } from '@/lib/catalog/features'
import type { Money } from '@/lib/money'

// What the tutorial adds to the catalog; scripts/tutorial.test.ts puts it there, and buys it.
export const addedFeatures = {
  report_export: {
    name: 'Export',
    definition: 'Every report that you made, in one file.',
  },
} as const satisfies Record<string, { name: string; definition: string }>

type Entry = Omit<PaidEntry, 'features'> & {
  features: readonly (Feature | keyof typeof addedFeatures)[]
}

export const addedPlan = {
  team: {
    name: 'Team',
    summary: 'For a handful of people who share one account.',
    prices: { month: usd(2900), year: usd(29_000) },
    monthlyUses: 250,
    features: ['priority_support', 'advanced_analytics', 'report_export'],
  },
} as const satisfies Record<string, Entry>

function usd(amount: number): Money {
  return { amount, currency: 'usd' }
}

import type { PlanOf } from '@/lib/catalog/catalog-of'
import { FEATURES, type Feature } from '@/lib/catalog/features'
import { USAGE_POLICY } from '@/lib/catalog/usage-policy'
import type { Money } from '@/lib/money'

export type Cell = Money | string | boolean
export type Row = { name: string; definition: string; value: (plan: PlanOf<string>) => Cell }

/** What sets the plans apart, read from the catalog: a plan that changes there changes here. */
export const COMPARISON: readonly { name: string; rows: readonly Row[] }[] = [
  {
    name: 'Price',
    rows: [
      {
        name: 'Monthly',
        definition: 'Charged on the same day of each month.',
        value: (plan) => plan.prices?.month ?? nothing(plan),
      },
      {
        name: 'Yearly',
        definition: 'Charged once for twelve months.',
        value: (plan) => plan.prices?.year ?? nothing(plan),
      },
    ],
  },
  {
    name: 'Usage',
    rows: [
      {
        name: 'Uses a month',
        definition: {
          subscription: 'The count starts again each month, on the day that the plan began.',
          calendar_month: 'The count starts again on the first of each month.',
        }[USAGE_POLICY.usagePeriod],
        value: (plan) => plan.monthlyUses.toLocaleString('en-US'),
      },
    ],
  },
  { name: 'Features', rows: featureKeys().map(featureRow) },
]

function nothing({ currency }: PlanOf<string>): Money {
  return { amount: 0, currency }
}

function featureKeys(): Feature[] {
  // The keys of a literal object are exactly its type's.
  return Object.keys(FEATURES) as Feature[]
}

function featureRow(feature: Feature): Row {
  return { ...FEATURES[feature], value: (plan) => plan.features.includes(feature) }
}

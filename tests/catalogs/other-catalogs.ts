import { catalogOf, type PaidEntry } from '@/lib/catalog/catalog-of'
import { ENTRY_PLAN, FREE, PAID_PLANS } from '@/lib/catalog/plans'
import { SAMPLE_CATALOGS } from '@/lib/catalog/sample-catalogs'

const ours: [string, PaidEntry][] = PAID_PLANS.map((plan) => [plan.tier, plan])

/** A plan that is not sold, between the price of `one` and whatever is above it. */
function team(one: PaidEntry): [string, PaidEntry] {
  const { month, year } = one.prices
  const prices = {
    month: { ...month, amount: month.amount + 100 },
    year: { ...year, amount: year.amount + 1000 },
  }
  const { highlight: _, ...rest } = one
  return ['team_of_ten', { ...rest, name: 'Team', prices, monthlyUses: one.monthlyUses + 1 }]
}

const sold = (plans: [string, PaidEntry][]) =>
  catalogOf({ free: FREE, paid: Object.fromEntries(plans) })

const top = ours.at(-1)?.[1] ?? ENTRY_PLAN

/** What is sold with one more plan, between and above, and catalogs of two to five that share no tier with it. */
export const OTHER_CATALOGS = [
  { name: 'ours and a plan between', catalog: sold(ours.toSpliced(1, 0, team(ENTRY_PLAN))) },
  { name: 'ours and a plan above', catalog: sold([...ours, team(top)]) },
  ...Object.entries(SAMPLE_CATALOGS).map(([count, catalog]) => ({
    name: `${count} plans of others`,
    catalog: catalog(),
  })),
]

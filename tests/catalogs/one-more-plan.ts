import { catalogOf as catalog, type FreeEntry, type PaidEntry } from '@/lib/catalog/catalog-of'

/**
 * The catalog of lib/catalog/plans.ts with one plan more, where `ONE_MORE_PLAN` says: `below` all that is sold,
 * `between` the first two, or `above`. vitest.config.ts puts it in the place of `catalogOf` there.
 */
export function catalogOf({ free, paid }: Entries) {
  return catalog({ free, paid: Object.fromEntries(withOneMore(Object.entries(paid))) })
}

type Entries = { free: FreeEntry; paid: Record<string, PaidEntry> }
type Sold = [string, PaidEntry][]

function withOneMore(sold: Sold): Sold {
  const [least, next] = sold
  const most = sold.at(-1)
  if (!least || !next || !most) throw new Error('One plan more needs two that are sold.')
  const place = process.env.ONE_MORE_PLAN
  if (place === 'below') return [plan('Starter', least[1], { uses: -50, price: -0.5 }), ...sold]
  if (place === 'above') return [...sold, plan('Agency', most[1], { uses: 1_500, price: 1 })]
  if (place !== 'between') throw new Error(`ONE_MORE_PLAN is no place: ${place}`)
  const features = [...least[1].features, ...lacking(least[1], next[1]).slice(0, 1)]
  const [tier, entry] = plan('Crew', least[1], { uses: 150, price: 0.5 })
  return [least, [tier, { ...entry, features }], ...sold.slice(1)]
}

/** A plan like another one, with more or fewer uses, for a share more or less. */
function plan(name: string, like: PaidEntry, more: { uses: number; price: number }): Sold[number] {
  const { highlight: _, ...entry } = like
  const priced = ({ amount, currency }: PaidEntry['prices']['month']) => {
    return { amount: amount + Math.round(amount * more.price), currency }
  }
  const prices = { month: priced(like.prices.month), year: priced(like.prices.year) }
  const monthlyUses = like.monthlyUses + more.uses
  return [name.toLowerCase(), { ...entry, name, prices, monthlyUses }]
}

function lacking(least: PaidEntry, next: PaidEntry): PaidEntry['features'] {
  return next.features.filter((feature) => !least.features.includes(feature))
}

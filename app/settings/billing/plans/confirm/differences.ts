import { FEATURES } from '@/lib/catalog/features'
import { PLANS, type Tier } from '@/lib/catalog/plans'

/** What a customer gains and loses by going from one plan to another, from the catalog. */
export function differences(from: Tier, to: Tier): { gains: string[]; loses: string[] } {
  return { gains: beyond(from, to), loses: beyond(to, from) }
}

// What the second of two plans has and the first does not.
function beyond(least: Tier, most: Tier): string[] {
  const [less, more] = [PLANS[least], PLANS[most]]
  const features = more.features.filter((feature) => !less.features.includes(feature))
  const uses = more.monthlyUses - less.monthlyUses
  return [
    ...(uses > 0 ? [`${uses.toLocaleString('en-US')} more uses a month`] : []),
    ...features.map((feature) => FEATURES[feature].name),
  ]
}

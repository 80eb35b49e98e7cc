import { FREE, PLANS } from '@/lib/catalog/plans'

/** A plan as people call it; what the catalog does not know stays as it is written. */
export function tierName(tier: string | null): string {
  if (tier === null) return FREE.name
  return Object.entries(PLANS).find(([key]) => key === tier)?.[1].name ?? tier
}

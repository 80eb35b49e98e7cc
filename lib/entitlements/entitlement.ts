import type { Feature } from '@/lib/catalog/features'
import { PLANS, type Tier } from '@/lib/catalog/plans'
import type { SubscriptionId } from '@/lib/ids'
import type { ShownStatus } from '@/lib/status'
import type { Access } from './access'

/** What a workspace may use, and why. */
export type Entitlement = {
  tier: Tier
  /** What the subscriptions alone give, without overrides. */
  earnedTier: Tier
  status: ShownStatus
  access: Access
  features: Feature[]
  limits: Limits
  subscriptionId: SubscriptionId | null
  /** After this instant the answer must be computed again before it is believed. */
  validUntil: Date | null
  reason: string
}

export type Limits = { monthlyUses: number }

/** What a plan gives, by today's catalog. */
export function grants(tier: Tier): Pick<Entitlement, 'tier' | 'features' | 'limits'> {
  const plan = PLANS[tier]
  return { tier, features: [...plan.features], limits: { monthlyUses: plan.monthlyUses } }
}

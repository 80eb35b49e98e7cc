import type { SubscriptionStatus } from '@/lib/status'

export type Access = 'full' | 'grace' | 'none'

// Stripe's recommended Smart Retries try for two weeks; access outlives them and then ends on a stated day.
const GRACE_DAYS = 14

type Standing = {
  status: SubscriptionStatus | 'unknown'
  pastDueSince: Date | null
  endedAt: Date | null
}

/** What one subscription allows at `now`. A status that Stripe invents later allows nothing. */
export function accessOf(subscription: Standing, now: Date): Access {
  if (subscription.endedAt && subscription.endedAt <= now) return 'none'
  switch (subscription.status) {
    case 'active':
    case 'trialing':
      return 'full'
    case 'past_due': {
      const until = graceUntil(subscription)
      return until && now < until ? 'grace' : 'none'
    }
    default:
      return 'none'
  }
}

/** The instant at which a past-due subscription stops allowing anything; null for any other. */
export function graceUntil(subscription: Standing): Date | null {
  if (subscription.status !== 'past_due' || !subscription.pastDueSince) return null
  return addDays(subscription.pastDueSince, GRACE_DAYS)
}

/** Renewal is charged after the period has ended; access bridges the same days as a failed payment. */
export function renewalSlack(currentPeriodEnd: Date): Date {
  return addDays(currentPeriodEnd, GRACE_DAYS)
}

function addDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * 86_400_000)
}

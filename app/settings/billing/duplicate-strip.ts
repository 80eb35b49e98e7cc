import type { Billing } from '@/lib/billing/billing'
import { PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { planName } from './plan-state'
import type { Strip } from './strip'

/**
 * A second subscription that is charged, too: which one counts, and how to end the other. Null where one
 * of two ends by itself: that is no mistake, and the customer is not charged twice again.
 */
export function duplicateStrip(b: Billing): Strip | null {
  const others = b.others.filter(({ isCanceling }) => !isCanceling)
  const [other] = others
  if (!other || b.isCanceling) return null
  const name = other.plan ? PLANS[other.plan].name : 'A plan'
  const renews = other.currentPeriodEnd
    ? `, and renews on ${formatDay(other.currentPeriodEnd)}`
    : ''
  return {
    kind: 'duplicate',
    tone: 'warn',
    icon: 'alert',
    title: `You have ${COUNTS[others.length + 1] ?? others.length + 1} subscriptions, and each is charged.`,
    detail: `${planName(b)} is the one that counts. ${name} from another subscription is charged beside it${renews}. Cancel the one that you do not want; we have been notified, too.`,
    action: { to: 'cancel_other', label: 'Cancel the other one' },
  }
}

const COUNTS: Record<number, string> = { 2: 'two', 3: 'three' }

import type { Billing } from '@/lib/billing/billing'
import { PLANS } from '@/lib/catalog/plans'
import { formatDay, formatMoment } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import { planBilled } from './interval-text'
import { planName } from './plan-state'
import { onItsWay } from './strip'

/** Everything that can be said of a plan that is to follow. Each has its story in tests/strips/stories.ts. */
export const COMING_KINDS = [
  // A change, at the end of what is paid for.
  'planned',
  // Another price, which an operator set.
  'price',
  // A change that is not paid yet.
  'waits',
] as const

type ComingStrip = { kind: (typeof COMING_KINDS)[number]; title: string; detail: string }

/** What is said of a plan that is to follow: its name, its day, and what stands until then; null where none is. */
export function comingStrip(b: Billing): ComingStrip | null {
  const coming = b.next.kind === 'charge' ? b.next.coming : null
  if (!coming) return null
  const { kind, at, tier } = coming
  const end = b.isCanceling ? (b.cancelAt ?? b.currentPeriodEnd) : null
  // What begins with the end of the plan or after it never begins.
  if (kind !== 'waits' && end && at >= end) return null
  // What is open is asked for once: of a plan that is late, and of a change without its money, another strip does.
  if (kind === 'waits' && (b.waitsFor || !['active', 'trialing'].includes(b.status))) return null
  const plan = tier ? PLANS[tier].name : 'another plan'
  if (kind === 'price')
    return {
      kind,
      title: `The price of ${planName(b)} changes on ${formatDay(at)}.`,
      detail: `Your plan stays the same${inOrder(b) ? ', and so does what you pay until that day' : ''}.${amountAt(b, at)}${b.isCanceling ? '' : ' If you cancel or choose another plan before, the new price is never charged.'}`,
    }
  if (kind === 'planned')
    return {
      kind,
      title: `Changes to ${planBilled(plan, coming)} on ${formatDay(at)}.`,
      // Of a plan that is late or paused another strip says until when it stays on.
      detail: inOrder(b)
        ? `Until that day you keep ${planName(b)} as it is.`
        : `Until that day your plan is ${planName(b)}.`,
    }
  if (b.open?.isProcessing)
    return {
      kind,
      title: `${tier ? plan : 'Your new plan'} starts when its payment arrives.`,
      detail: `Until then you are on ${planName(b)}. ${onItsWay(b.open)}`,
    }
  return {
    kind,
    title: `${tier ? plan : 'Your new plan'} waits for its payment.`,
    detail: `Until it is paid you are on ${planName(b)}. If it is not paid by ${formatMoment(at)}, nothing changes and nothing is charged.`,
  }
}

function inOrder({ status, collectionPaused }: Billing): boolean {
  return (status === 'active' || status === 'trialing') && !collectionPaused
}

// Where the change is a later one than the next invoice, Stripe names no amount for it yet.
function amountAt({ next }: Billing, at: Date): string {
  if (next.kind !== 'charge' || next.charge.at.getTime() !== at.getTime()) return ''
  const { total: amount, currency } = next.charge
  return ` From then on it is ${formatMoney({ amount, currency })}, discounts and taxes included.`
}

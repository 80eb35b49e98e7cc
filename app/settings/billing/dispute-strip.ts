import type { Billing } from '@/lib/billing/billing'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { isLive, planName } from './plan-state'
import type { Strip } from './strip'

/** A payment that is disputed at its bank: what that does to the plan, and how it ends; null where none is. */
export function disputeStrip(b: Billing, { lostDispute } = ACCESS_POLICY): Strip | null {
  if (!b.isDisputed) return null
  const goes =
    lostDispute === 'end'
      ? ` If it is paid back, the time of ${planName(b)} that it paid for ends with that.`
      : ''
  return {
    kind: 'dispute',
    tone: 'info',
    icon: 'info',
    title: 'A payment of yours is disputed at its bank.',
    detail: `The bank decides, which can take some months${isLive(b) ? '; until then it changes nothing about your plan' : ''}.${goes} If it was a mistake, ask your bank to withdraw the dispute: only the bank can.`,
    action: { to: 'invoices', label: 'See your invoices' },
  }
}

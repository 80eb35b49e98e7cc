import { ACCESS_POLICY, type AccessPolicy } from '@/lib/catalog/access-policy'
import type { Random } from '@/tests/simulation/random'

// Every other value of every policy; of a number of days a short one and one that outlives a period.
const OTHERS: readonly [Partial<AccessPolicy>, ...Partial<AccessPolicy>[]] = [
  { graceDays: 3 },
  { graceDays: 40 },
  { delayedPayment: { days: 3 } },
  { delayedPayment: { days: 20 } },
  { sentInvoice: 'when_paid' },
  { voidedRenewal: 'end' },
  { writtenOffRenewal: 'keep' },
  { fullRefund: 'end' },
  { lostDispute: 'end' },
  { pausedCollection: 'keep' },
  { failedFirstPayment: 'leave' },
]

/**
 * The policy of this application in half of the lifecycles, another in a third, and several others
 * at once in the rest.
 */
export function somePolicy(random: Random): AccessPolicy {
  const others = random.chance(0.5) ? 0 : random.chance(0.7) ? 1 : 4
  const chosen = Array.from({ length: others }, () => random.pick(OTHERS))
  return Object.assign({ ...ACCESS_POLICY }, ...chosen)
}

/** What of a policy is not this application's own. */
export function othersOf(policy: AccessPolicy): string {
  const ours = new Map<string, unknown>(Object.entries(ACCESS_POLICY))
  const changed = Object.entries(policy).filter(([name, value]) => ours.get(name) !== value)
  return JSON.stringify(Object.fromEntries(changed))
}

import type { Billing } from '@/lib/billing/billing'

/** What the next charge is called in this state; null where nothing follows, or a strip says what does. */
export function nextChargeTitle({ next, status }: Billing): string | null {
  if (next.kind === 'nothing') return null
  if (status !== 'trialing') return 'Next charge'
  // There is nothing to charge, and the trial's end does not ask for it: the plan pauses, or ends.
  const { withoutCard } = next.kind === 'charge' ? next.charge : { withoutCard: null }
  return withoutCard === 'pause' || withoutCard === 'cancel' ? null : 'First charge after the trial'
}

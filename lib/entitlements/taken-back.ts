import type { AccessPolicy } from '@/lib/catalog/access-policy'
import type { Reversal } from '@/lib/stripe/billed-invoice'

/** How money goes back so that what it paid for ends with it. None: what was paid for stays to its end. */
export function takenBack({ fullRefund, lostDispute }: AccessPolicy): readonly Reversal[] {
  const ends: Record<Reversal, boolean> = {
    refunded: fullRefund === 'end',
    dispute_lost: lostDispute === 'end',
  }
  return REVERSALS.filter((each) => ends[each])
}

const REVERSALS: readonly Reversal[] = ['refunded', 'dispute_lost']

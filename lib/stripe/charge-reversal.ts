import type Stripe from 'stripe'
import { NotFound } from '@/lib/errors'
import type { Money } from '@/lib/money'
import { callStripe } from './call'

/** What went back of a charge, or may. `outcome`: of a dispute that is decided; `won`: the money stays with us. */
export type ChargeReversal = Money & { outcome?: 'won' | 'lost' }

/** A refund (`re_…`) or a dispute (`du_…`, once `dp_…`) by its id; null where Stripe does not have it. */
export async function retrieveReversal(id: string): Promise<ChargeReversal | null> {
  try {
    return await callStripe(async (stripe) => {
      if (/^d[pu]_/.test(id)) {
        const dispute = await stripe.disputes.retrieve(id)
        return { ...moneyOf(dispute), ...outcomeOf(dispute) }
      }
      return moneyOf(await stripe.refunds.retrieve(id))
    })
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

function moneyOf({ amount, currency }: Money): Money {
  return { amount, currency }
}

// While it is open, or where it was an inquiry that went no further, nothing was decided.
function outcomeOf({ status }: Stripe.Dispute): Pick<ChargeReversal, 'outcome'> {
  if (status === 'won') return { outcome: 'won' }
  return status === 'lost' ? { outcome: 'lost' } : {}
}

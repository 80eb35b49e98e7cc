import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import type { Store } from '@/sandbox/store/store'

/** Money that moved: charges, refunds and disputes, and not what an invoice says of itself. */
export type Cash = {
  /** What arrived for an invoice, in minor units, whatever went back later. */
  received(invoice: string): number
  /** Whether all the money of an invoice went back, and how. */
  wentBack(invoice: string): 'refunded' | 'dispute_lost' | null
}

/** All of one customer's. `offStripe`: the invoices that an operator took money for elsewhere. */
export function cashIn(store: Store, customer: string, offStripe: ReadonlySet<string>): Cash {
  const arrived = new Map<string, Readonly<Stripe.Charge>[]>()
  for (const charge of store.by('charge', 'customer', customer)) {
    const intent = optionalId(charge.payment_intent)
    if (charge.status !== 'succeeded' || !intent) continue
    for (const { invoice } of store.by('invoice_payment', 'intent', intent)) {
      const id = idOf(invoice)
      arrived.set(id, [...(arrived.get(id) ?? []), charge])
    }
  }
  const lost = new Set(
    [...store.all('dispute')].flatMap(({ status, charge }) =>
      status === 'lost' ? [idOf(charge)] : [],
    ),
  )
  return {
    received(invoice) {
      if (offStripe.has(invoice)) return store.find('invoice', invoice)?.amount_due ?? 0
      return (arrived.get(invoice) ?? []).reduce((sum, { amount }) => sum + amount, 0)
    },
    wentBack(invoice) {
      const charges = arrived.get(invoice)
      if (!charges) return null
      if (charges.every(({ refunded }) => refunded)) return 'refunded'
      const gone = charges.every(({ id, refunded }) => refunded || lost.has(id))
      return gone ? 'dispute_lost' : null
    },
  }
}

import type Stripe from 'stripe'
import { isPriceId } from '@/lib/ids'
import { type BilledInvoice, billedInvoice } from './billed-invoice'
import { callStripe } from './call'
import { type LabelledPrice, listPricesOf } from './prices'

// Whoever pays has one within the last two or three; this many unpaid ones in a row are no way to pay.
const LONGEST = 100

/**
 * The invoices of a subscription, newest first, back to the one that brought the money of a whole
 * period or began it. One that is expanded and proves that by itself costs no call.
 */
export async function invoiceTrail(of: Stripe.Subscription): Promise<BilledInvoice[]> {
  const { latest_invoice: latest } = of
  if (latest === null) return []
  // Always expanded by the call that listed it; a bare id would mean that Stripe ignored that.
  if (typeof latest === 'string') throw new Error(`Stripe did not expand invoice ${latest}.`)
  const newest = billedInvoice(latest)
  if (!DEPENDS_ON_MONEY.has(of.status) || closes(newest)) return [newest]
  return callStripe(async (stripe) => {
    const trail: BilledInvoice[] = []
    for await (const invoice of stripe.invoices.list({ subscription: of.id, limit: 20 })) {
      const billed = billedInvoice(invoice)
      trail.push(billed)
      if (closes(billed) || trail.length === LONGEST) break
    }
    return trail
  })
}

// Every other status allows nothing, or (a trial) was given for nothing.
const DEPENDS_ON_MONEY: ReadonlySet<string> = new Set(['active', 'past_due'])

// Nothing before it matters for what is paid now. An invoice that credit balance covered does not
// close: the credit may come from a change of a plan that was never paid.
function closes({ reason, status, paid }: BilledInvoice): boolean {
  return reason === 'first' || (reason === 'renewal' && status === 'paid' && paid > 0)
}

/** What the paid invoices name and the items do not, asked for only while a change of plan is not paid. */
export async function formerPrices(
  of: Stripe.Subscription,
  trail: readonly BilledInvoice[],
): Promise<LabelledPrice[]> {
  const waits = trail.some(({ reason, status }) => reason === 'change' && status !== 'paid')
  if (!waits) return []
  const current = new Set(of.items.data.map(({ price }) => price.id))
  const named = trail.flatMap(({ lines }) => lines.map(({ priceId }) => priceId))
  const former = new Set(named.filter(isPriceId).filter((id) => !current.has(id)))
  const prices = await Promise.all([...former].map((id) => listPricesOf({ kind: 'price', id })))
  return prices.flat()
}

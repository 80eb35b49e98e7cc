import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'

/** Whether a bank was asked for the payment of an invoice and has not answered yet: an order that is on its way. */
export async function hasOrder(stripe: Stripe, invoice: string): Promise<boolean> {
  return (await orderedAt(stripe, invoice)) !== null
}

/** When a bank was asked for the payment of an invoice that it has not answered yet; null where none was. */
export async function orderedAt(stripe: Stripe, invoice: string): Promise<Date | null> {
  // A payment that was tried before is older than the order that its bank has now.
  const expand = ['data.payment.payment_intent.latest_charge']
  const { data } = await stripe.invoicePayments.list({ invoice, status: 'open', limit: 10, expand })
  for (const { payment } of data) {
    const { payment_intent: intent } = payment
    if (typeof intent !== 'object' || intent.status !== 'processing') continue
    const { latest_charge: charge } = intent
    return fromUnix(charge && typeof charge === 'object' ? charge.created : intent.created)
  }
  return null
}

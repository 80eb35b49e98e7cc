import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import { productName } from '@/sandbox/lifecycle/invoice/lines'
import { dayOf, share } from '@/sandbox/lifecycle/money'
import { newInvoiceLine } from '@/sandbox/objects/invoice-line'
import type { Tx } from '@/sandbox/store/transaction'

/**
 * What was paid during a pause that a failed payment began, and is still to come: it is credited
 * when resuming charges a new period.
 */
export function creditPaidAhead(
  tx: Tx,
  invoice: string,
  paused: Readonly<Stripe.Subscription>,
): Stripe.InvoiceLineItem[] {
  const paid = tx.find('invoice', optionalId(paused.latest_invoice) ?? '')
  const failed = paused.status_details?.paused.subscription?.type.endsWith('payment_failure')
  if (!failed || paid?.status !== 'paid') return []
  return paid.lines.data.flatMap((line) => {
    const details = line.parent?.subscription_item_details
    const price = tx.find('price', optionalId(line.pricing?.price_details?.price) ?? '')
    const { start, end } = line.period
    if (!details || details.proration || !price || end <= tx.now || line.amount <= 0) return []
    const off = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)
    const rest = share(line.amount - off, end - Math.max(tx.now, start), end - start)
    const quantity = line.quantity ?? 1
    return newInvoiceLine({
      invoice,
      subscription: paused.id,
      item: idOf(details.subscription_item),
      price,
      quantity,
      currency: paused.currency,
      unit: null,
      // Not -0, which is not the same as 0 to `Object.is`.
      amount: rest === 0 ? 0 : -rest,
      description: `Unused time on ${quantity > 1 ? `${quantity} × ` : ''}${productName(tx, price)} after ${dayOf(tx.now)}`,
      period: { start: tx.now, end },
      proration: true,
      credited: { invoice: paid.id, invoice_line_items: [line.id] },
      metadata: paused.metadata,
    })
  })
}

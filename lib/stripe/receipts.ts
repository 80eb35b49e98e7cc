import type { CustomerId, InvoiceId } from '@/lib/ids'
import { callStripe } from './call'
import { idOf } from './read'
import { stripeUrl } from './stripe-url'

/**
 * Stripe's receipt of the newest payment of a customer's invoice. Null where there is none: it was not paid,
 * was paid with credit or past Stripe, or is another customer's.
 * @throws {NotFound} there is no such invoice
 */
export function findReceiptUrl(customer: CustomerId, invoice: InvoiceId): Promise<string | null> {
  return callStripe(async (stripe) => {
    if (idOf((await stripe.invoices.retrieve(invoice)).customer) !== customer) return null
    const paid = await stripe.invoicePayments.list({ invoice, status: 'paid', limit: 1 })
    const intent = idOf(paid.data[0]?.payment.payment_intent)
    if (!intent) return null
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(intent, {
      expand: ['latest_charge'],
    })
    return charge && typeof charge === 'object' ? stripeUrl(charge.receipt_url) : null
  })
}

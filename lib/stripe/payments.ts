import Stripe from 'stripe'
import type { InvoiceId, SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'

// `ordered`: a bank has the order to pay it and answers in some days; until then the invoice stays open.
export type Paying = 'paid' | 'ordered' | 'nothing_open'

/**
 * Charges an open invoice now, for a customer who waits for it. Stripe takes the money for it once, however
 * often it is asked; a key of our own would repeat a refusal after they have put money on their card.
 * @returns what became of it; `nothing_open`: it had been paid, or given up, before
 * @throws {PaymentRequired} the bank said no, or wants its customer to confirm it
 */
export function payInvoice(invoice: InvoiceId): Promise<Paying> {
  return callStripe(async (stripe) => {
    try {
      const { status } = await stripe.invoices.pay(invoice, { off_session: false })
      return status === 'paid' ? 'paid' : 'ordered'
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
      // The refusal says that it is not open; if it is, the refusal is about something else.
      const { status } = await stripe.invoices.retrieve(invoice)
      if (status === 'open') throw error
      return 'nothing_open'
    }
  })
}

/** Charges a subscription's invoices to this from now on; `pm_…`. Safe to repeat. */
export async function chargeWith(id: SubscriptionId, paymentMethod: string): Promise<void> {
  await callStripe((stripe) =>
    stripe.subscriptions.update(id, { default_payment_method: paymentMethod }),
  )
}

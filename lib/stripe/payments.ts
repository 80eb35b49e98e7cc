import Stripe from 'stripe'
import type { InvoiceId, SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'

/**
 * Charges an open invoice now, for a customer who waits for it. Stripe takes the money for it once, however
 * often it is asked; a key of our own would repeat a refusal after they have put money on their card.
 * @returns false when it is not open any more: it has been paid, or given up
 * @throws {PaymentRequired} the bank said no, or wants its customer to confirm it
 */
export function payInvoice(invoice: InvoiceId): Promise<boolean> {
  return callStripe(async (stripe) => {
    try {
      await stripe.invoices.pay(invoice, { off_session: false })
      return true
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
      // The refusal says that it is not open; if it is, the refusal is about something else.
      const { status } = await stripe.invoices.retrieve(invoice)
      if (status === 'open') throw error
      return false
    }
  })
}

/** Charges a subscription's invoices to this from now on; `pm_…`. Safe to repeat. */
export async function chargeWith(id: SubscriptionId, paymentMethod: string): Promise<void> {
  await callStripe((stripe) =>
    stripe.subscriptions.update(id, { default_payment_method: paymentMethod }),
  )
}

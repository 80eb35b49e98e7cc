import type { InvoiceId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'

/** A payment that its bank wants to ask its customer about. */
export type PaymentToConfirm = {
  /** For its owner's browser alone: never log or store it. */
  clientSecret: string
  amount: Money
}

/**
 * What the bank wants to be confirmed of an open invoice; null when it asks nothing: the payment was
 * refused, is on its way, or was never tried.
 * @throws {NotFound} Stripe does not have it
 */
export async function readPaymentToConfirm(id: InvoiceId): Promise<PaymentToConfirm | null> {
  const expand = ['confirmation_secret', 'payments.data.payment.payment_intent']
  const invoice = await callStripe((stripe) => stripe.invoices.retrieve(id, { expand }))
  const { status, confirmation_secret: secret, payments, currency } = invoice
  const asks = (payments?.data ?? []).some(({ payment: { payment_intent: intent } }) => {
    return intent && typeof intent === 'object' && intent.status === 'requires_action'
  })
  if (status !== 'open' || !asks || !secret) return null
  return {
    clientSecret: secret.client_secret,
    amount: { amount: invoice.amount_remaining, currency },
  }
}

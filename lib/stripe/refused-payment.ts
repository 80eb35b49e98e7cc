import type Stripe from 'stripe'
import { PaymentRequired } from '@/lib/errors'
import type { InvoiceId } from '@/lib/ids'
import { callStripe, cardReason } from './call'
import { hostedUrl } from './invoices'

/** Why an invoice that was just charged is not paid, and Stripe's page of it. */
export type RefusedPayment = {
  error: PaymentRequired
  payUrl: string | null
  /** It was not refused: a bank has the order to pay it, and answers in some days. */
  isOrdered: boolean
}

/** @throws {NotFound} Stripe does not have it */
export async function readRefusedPayment(id: InvoiceId): Promise<RefusedPayment> {
  const expand = ['payments.data.payment.payment_intent']
  const invoice = await callStripe((stripe) => stripe.invoices.retrieve(id, { expand }))
  const intents = (invoice.payments?.data ?? []).flatMap(
    ({ payment: { payment_intent: intent } }) =>
      intent && typeof intent === 'object' ? [intent] : [],
  )
  return {
    error: new PaymentRequired(reasonOf(intents)),
    payUrl: hostedUrl(invoice),
    isOrdered: intents.some(({ status }) => status === 'processing'),
  }
}

function reasonOf(intents: Stripe.PaymentIntent[]) {
  if (intents.some(({ status }) => status === 'requires_action')) return 'card_unconfirmed'
  const error = intents.find(({ last_payment_error: last }) => last)?.last_payment_error
  return cardReason({ code: error?.code, decline_code: error?.decline_code })
}

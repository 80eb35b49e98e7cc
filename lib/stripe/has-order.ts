import type Stripe from 'stripe'

/** Whether a bank was asked for the payment of an invoice and has not answered yet: an order that is on its way. */
export async function hasOrder(stripe: Stripe, invoice: string): Promise<boolean> {
  const expand = ['data.payment.payment_intent']
  const { data } = await stripe.invoicePayments.list({ invoice, status: 'open', limit: 10, expand })
  return data.some(({ payment: { payment_intent: intent } }) => {
    return typeof intent === 'object' && intent.status === 'processing'
  })
}

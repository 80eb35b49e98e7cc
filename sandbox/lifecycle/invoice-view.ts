import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import type { Sandbox } from '@/sandbox/sandbox'
import { BUSINESS_NAME } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { savedMethod } from './invoice/saved-method'

export interface InvoiceView {
  businessName: string
  invoice: Stripe.Invoice
  /** The card that paid it, if one did. */
  card: { brand: string; last4: string } | null
  /** How much of what was paid was sent back. */
  refunded: number
  /** What an open one can be paid with at a click. */
  saved: { brand: string; last4: string } | null
}

/** What the hosted page of an invoice shows. Throws ApiError 404 for an unknown one. */
export function invoiceView(sandbox: Sandbox, id: string): InvoiceView {
  return sandbox.changeFor(id, (tx) => {
    const invoice = tx.get('invoice', id)
    const payments = tx.by('invoice_payment', 'invoice', id)
    const paid = payments.find(({ status }) => status === 'paid')
    const intent = tx.find('payment_intent', optionalId(paid?.payment.payment_intent) ?? '')
    const method = tx.find('payment_method', optionalId(intent?.payment_method) ?? '')
    const saved = tx.find('payment_method', savedMethod(tx, id, optionalId(invoice.customer)) ?? '')
    return {
      businessName: BUSINESS_NAME,
      invoice,
      refunded: payments.reduce((sum, row) => sum + refundedOf(tx, row), 0),
      card: method ? shownAs(method) : null,
      saved: saved ? shownAs(saved) : null,
    }
  })
}

function refundedOf(tx: Tx, { payment, status }: Readonly<Stripe.InvoicePayment>): number {
  const intent = tx.find('payment_intent', optionalId(payment.payment_intent) ?? '')
  const charge = tx.find('charge', optionalId(intent?.latest_charge) ?? '')
  return status === 'paid' ? (charge?.amount_refunded ?? 0) : 0
}

function shownAs({ card, us_bank_account: account }: Readonly<Stripe.PaymentMethod>) {
  if (card) return { brand: card.brand, last4: card.last4 }
  return account ? { brand: 'us_bank_account', last4: account.last4 ?? '' } : null
}

import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { moveBalance } from '@/sandbox/lifecycle/customer/move-balance'
import { spendOnce } from '@/sandbox/lifecycle/discount/spend'
import { newInvoicePayment } from '@/sandbox/objects/invoice-payment'
import { newPaymentIntent } from '@/sandbox/objects/payment-intent'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { dueAfterBalance } from './minimum-charge'

/**
 * Numbers a draft and opens it: the customer's balance is used, and what is left to pay gets a
 * payment intent. An invoice with nothing to pay is paid at once.
 */
export function finalize(tx: Tx, settings: Settings, id: string): Stripe.Invoice {
  const invoice = tx.edit('invoice', id)
  const customer = tx.edit('customer', idOf(invoice.customer ?? ''))
  const sequence = customer.next_invoice_sequence ?? 1
  customer.next_invoice_sequence = sequence + 1
  invoice.number = `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`
  invoice.status = 'open'
  invoice.effective_at = tx.now
  invoice.status_transitions.finalized_at = tx.now
  invoice.automatically_finalizes_at = null
  invoice.webhooks_delivered_at = tx.now
  invoice.hosted_invoice_url = `${settings.url}/i/${id}`
  invoice.invoice_pdf = `${settings.url}/i/${id}/pdf`
  invoice.customer_tax_ids = tx
    .by('tax_id', 'customer', customer.id)
    .map(({ type, value }) => ({ type, value }))
  // A subscription's draft has spent them already.
  if (invoice.billing_reason === 'manual') spendOnce(tx, invoice.total_discount_amounts ?? [])
  applyBalance(tx, invoice, customer)
  if (invoice.amount_due === 0) close(invoice, tx.now)
  else openPayment(tx, invoice)
  return invoice
}

/**
 * A negative total is put aside as the customer's credit; credit from before is used up first. What is too little to be
 * charged is owed with the next invoice.
 */
function applyBalance(tx: Tx, invoice: Stripe.Invoice, customer: Stripe.Customer) {
  invoice.starting_balance = customer.balance
  const { due, ending } = dueAfterBalance(invoice, customer.balance)
  invoice.amount_due = due
  invoice.amount_remaining = due
  invoice.ending_balance = ending
  const moved = ending - customer.balance
  if (moved === 0) return
  moveBalance(tx, customer.id, {
    amount: moved,
    currency: invoice.currency,
    type: 'applied_to_invoice',
    invoice: invoice.id,
  })
}

function close(invoice: Stripe.Invoice, now: number) {
  invoice.status = 'paid'
  invoice.attempted = true
  invoice.auto_advance = false
  invoice.status_transitions.paid_at = now
}

function openPayment(tx: Tx, invoice: Stripe.Invoice) {
  const intent = tx.insert(
    'payment_intent',
    newPaymentIntent(tx.now, {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: idOf(invoice.customer ?? ''),
      payment_details: { customer_reference: null, order_reference: invoice.id },
      description:
        invoice.billing_reason === 'subscription_create'
          ? 'Subscription creation'
          : 'Subscription update',
    }),
  )
  tx.insert('invoice_payment', newInvoicePayment(tx.now, invoice, intent))
}

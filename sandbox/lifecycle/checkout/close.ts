import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'
import type { AcceptedCard } from './accepted-card'

interface Made {
  customer: string | null
  subscription?: string
  invoice?: string
  intent?: string
  setup?: string
  /** Nothing was to be paid. */
  free: boolean
  /** The bank has not answered yet. */
  processing: boolean
}

/** Writes on a session what came of it. */
export function closeSession(
  tx: Tx,
  session: Stripe.Checkout.Session,
  card: AcceptedCard | null,
  made: Made,
  email: string | null = null,
) {
  const customer = made.customer === null ? null : tx.get('customer', made.customer)
  session.status = 'complete'
  session.payment_status = made.free ? 'no_payment_required' : made.processing ? 'unpaid' : 'paid'
  session.url = null
  session.customer = made.customer
  session.subscription = made.subscription ?? null
  session.invoice = made.invoice ?? null
  session.payment_intent = made.intent ?? null
  session.setup_intent = made.setup ?? null
  session.collected_information ??= {
    business_name: null,
    individual_name: null,
    shipping_details: null,
  }
  session.customer_details = {
    address: card?.method.billing_details.address ?? customer?.address ?? null,
    business_name: null,
    email: customer?.email ?? email,
    individual_name: null,
    name: card?.method.billing_details.name ?? customer?.name ?? null,
    phone: customer?.phone ?? null,
    tax_exempt: customer?.tax_exempt ?? 'none',
    tax_ids: customer
      ? tx.by('tax_id', 'customer', customer.id).map(({ type, value }) => ({ type, value }))
      : [],
  }
}

/** What was to be paid is what the invoice says, with its taxes. */
export function takeAmounts(session: Stripe.Checkout.Session, invoice: Stripe.Invoice) {
  const tax = (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0)
  session.amount_subtotal = invoice.subtotal
  session.amount_total = invoice.total
  session.total_details = {
    amount_shipping: 0,
    amount_discount: session.total_details?.amount_discount ?? 0,
    amount_tax: tax,
  }
  if (session.automatic_tax.enabled) session.automatic_tax.status = 'complete'
}

import type Stripe from 'stripe'
import { BUSINESS_NAME } from '@/sandbox/settings'

type Given = Partial<Stripe.Invoice> & {
  id: string
  customer: string
  currency: string
  lines: Stripe.Invoice['lines']
  billing_reason: Stripe.Invoice.BillingReason
}

/** A draft of an invoice. Its totals are whatever its lines add up to. */
export function newInvoice(now: number, customer: Stripe.Customer, given: Given): Stripe.Invoice {
  return {
    object: 'invoice',
    account_country: 'US',
    account_name: BUSINESS_NAME,
    account_tax_ids: null,
    ...totalsOf(given.lines.data, [], []),
    amount_overpaid: 0,
    amount_paid: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: {
      disabled_reason: null,
      enabled: false,
      liability: null,
      provider: null,
      status: null,
    },
    automatically_finalizes_at: null,
    collection_method: 'charge_automatically',
    created: now,
    custom_fields: null,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping ?? null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: null,
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    period_end: now,
    period_start: now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    test_clock: customer.test_clock ?? null,
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
    ...given,
  }
}

/** What lines add up to, and what is due of it before any balance is used. */
export function totalsOf(
  lines: readonly Stripe.InvoiceLineItem[],
  discounts: readonly Stripe.Invoice.TotalDiscountAmount[],
  taxes: readonly Stripe.Invoice.TotalTax[],
) {
  const subtotal = sum(lines)
  const included = sum(taxes.filter((tax) => tax.tax_behavior === 'inclusive'))
  const total = subtotal - sum(discounts) + sum(taxes) - included
  return {
    amount_due: Math.max(0, total),
    amount_remaining: Math.max(0, total),
    subtotal,
    subtotal_excluding_tax: subtotal - included,
    total,
    total_excluding_tax: total - sum(taxes),
  }
}

function sum(entries: readonly { amount: number }[]): number {
  return entries.reduce((total, { amount }) => total + amount, 0)
}

import type Stripe from 'stripe'
import { chargeRows } from '@/app/settings/billing/charge-rows'
import type { InvoicePreview } from '@/lib/charge'

/**
 * In what an invoice is not what was announced, to the cent; and in what the rows that a page shows
 * do not come to it.
 */
export function differences(charge: InvoicePreview, made: Stripe.Invoice): string[] {
  const { currency, total, due, discounts, tax } = charge
  const announced = {
    ...{ currency, total, due },
    discount: sum(discounts),
    added: tax.added,
    included: tax.included,
    rows: sum(chargeRows(charge).map(({ value }) => value)),
  }
  const invoiced = {
    ...{ currency: made.currency, total: made.total, due: made.amount_due },
    discount: sum(made.total_discount_amounts ?? []),
    added: taxOf(made, 'exclusive'),
    included: taxOf(made, 'inclusive'),
    rows: made.amount_due,
  }
  const names = ['currency', 'total', 'due', 'discount', 'added', 'included', 'rows'] as const
  return names
    .filter((name) => announced[name] !== invoiced[name])
    .map((name) => `${name}: ${announced[name]} was announced, and it is ${invoiced[name]}`)
}

function taxOf({ total_taxes: taxes }: Stripe.Invoice, behavior: string): number {
  return sum((taxes ?? []).filter((tax) => tax.tax_behavior === behavior))
}

function sum(entries: readonly { amount: number }[]): number {
  return entries.reduce((total, { amount }) => total + amount, 0)
}

import type { BilledInvoice, BilledLine } from '@/lib/stripe/billed-invoice'

/**
 * What an invoice is for: a whole period, a change in the middle of one, or no plan. A change of
 * interval, and a plan that is resumed after a pause, begin a period of their own: `anew`.
 */
export type InvoiceKind = 'first' | 'renewal' | 'anew' | 'change' | 'none'

/** `older`: those of the same subscription that were made before it. */
export function invoiceKind(invoice: BilledInvoice, older: readonly BilledInvoice[]): InvoiceKind {
  const plan = planLines(invoice)
  switch (invoice.reason) {
    case 'first':
    case 'renewal':
      return plan.length > 0 ? invoice.reason : 'none'
    case 'change': {
      if (invoice.status === 'draft') return 'none'
      const known = new Set(older.flatMap(({ lines }) => lines.map(({ until }) => until.getTime())))
      return plan.some(({ until }) => !known.has(until.getTime())) ? 'anew' : 'change'
    }
    case 'other':
      return 'none'
  }
}

/** What it asks for. What is credited stands there with a minus, and a quantity of none is no plan. */
export function planLines({ lines }: BilledInvoice): BilledLine[] {
  return lines.filter(({ amount, quantity }) => amount >= 0 && quantity > 0)
}

import { oneOf } from './read'

const INVOICE_STATUSES = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const

export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]

/** Stripe's `invoice.status`. */
export function parseInvoiceStatus(value: string): InvoiceStatus | 'unknown' {
  return oneOf(INVOICE_STATUSES, value)
}

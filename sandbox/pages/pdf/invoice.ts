import type { InvoiceView } from '@/sandbox/lifecycle/invoice-view'
import { cardName } from '@/sandbox/pages/card/name'
import { longDate } from '@/sandbox/pages/dates'
import { sumsOf } from '@/sandbox/pages/invoice/sums'
import { money } from '@/sandbox/pages/money'
import { type Text, writePdf } from './write'

const LEFT = 56
const RIGHT = 539
const LINE = 18

/** An invoice as a PDF; once it is paid, the receipt. */
export function invoicePdf(view: InvoiceView): Buffer {
  const { businessName, invoice, card } = view
  const { currency, number, status } = invoice
  const paid = status === 'paid'
  const texts: Text[] = []
  let y = 72
  const write = (text: string, more: Partial<Text> = {}) =>
    texts.push({ x: LEFT, y, size: 10, text, ...more })
  const row = (label: string, amount: number, bold = false) => {
    write(label, { bold })
    write(money({ amount, currency }), { x: RIGHT, right: true, bold })
    y += LINE
  }
  write(paid ? 'Receipt' : 'Invoice', { size: 20, bold: true })
  y += 30
  const facts = [
    businessName,
    `${paid ? 'Receipt' : 'Invoice'} number ${number ?? 'draft'}`,
    `Date of issue ${longDate(invoice.effective_at ?? invoice.created)}`,
    paid ? `Date paid ${longDate(invoice.status_transitions.paid_at ?? invoice.created)}` : null,
    invoice.due_date ? `Date due ${longDate(invoice.due_date)}` : null,
    `Bill to ${[invoice.customer_name, invoice.customer_email].filter(Boolean).join(', ')}`,
    ...(invoice.customer_tax_ids ?? []).map(({ value }) => `Tax ID ${value}`),
    card ? `Paid with ${cardName(card)}` : null,
  ]
  for (const fact of facts) {
    if (fact === null) continue
    write(fact)
    y += LINE
  }
  y += LINE
  for (const { description, amount, period } of invoice.lines.data) {
    row(description ?? 'Item', amount)
    write(`${longDate(period.start)} to ${longDate(period.end)}`, { size: 8 })
    y += LINE
  }
  y += LINE / 2
  for (const { label, amount, kind } of sumsOf(view)) row(label, amount, kind !== undefined)
  return writePdf(texts)
}

import type { InvoiceView } from '@/sandbox/lifecycle/invoice-view'

/** `asked`: what has left or will leave the customer’s card. */
type Sum = { label: string; amount: number; kind?: 'total' | 'asked' }

/**
 * What stands below the lines of an invoice, on its page and on its paper: each step from them to
 * what is, or was, asked for.
 */
export function sumsOf({ invoice, refunded }: InvoiceView): Sum[] {
  const { subtotal, total, amount_due, amount_paid, status, starting_balance } = invoice
  const { pre_payment_credit_notes_amount: credited, ending_balance: ending } = invoice
  const carried = Math.max(0, ending ?? 0)
  const off = (invoice.total_discount_amounts ?? []).reduce((all, { amount }) => all + amount, 0)
  // A draft has not taken it yet; one that was not paid from it has the same before and after.
  const isApplied = starting_balance !== 0 && status !== 'draft'
  const applied = (ending ?? 0) === starting_balance ? 0 : amount_due + credited + carried - total
  return [
    ...(subtotal === total ? [] : [{ label: 'Subtotal', amount: subtotal }]),
    ...(off > 0 ? [{ label: 'Discount', amount: -off }] : []),
    ...(invoice.total_taxes ?? []).map(({ amount, tax_behavior: behavior }) => {
      return { label: behavior === 'inclusive' ? 'Tax (included)' : 'Tax', amount }
    }),
    { label: 'Total', amount: total, kind: 'total' },
    ...(isApplied ? [{ label: 'Applied balance', amount: applied }] : []),
    ...(carried > 0 ? [{ label: 'Added to the next invoice', amount: -carried }] : []),
    ...(credited > 0 ? [{ label: 'Credit note', amount: -credited }] : []),
    status === 'paid'
      ? { label: 'Amount paid', amount: amount_paid, kind: 'asked' }
      : { label: 'Amount due', amount: amount_due, kind: 'asked' },
    ...(status === 'paid' && refunded > 0 ? [{ label: 'Refunded', amount: -refunded }] : []),
  ]
}

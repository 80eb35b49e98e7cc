import type Stripe from 'stripe'
import type { InvoicePreview, PreviewDiscount, PreviewLine } from '@/lib/charge'
import { fromUnix } from '@/lib/clock'

/** For `expand`, so that the discounts say what they are. */
export const PREVIEW_EXPAND = ['total_discount_amounts.discount.source.coupon']

/** What a preview says. */
export function invoicePreview(from: Stripe.Invoice): InvoicePreview {
  return {
    currency: from.currency,
    at: fromUnix(from.period_end),
    lines: linesOf(from),
    discounts: (from.total_discount_amounts ?? [])
      .filter(({ amount }) => amount !== 0)
      .map(discountOf),
    tax: taxOf(from),
    total: from.total,
    ...balanceOf(from),
    due: from.amount_due,
  }
}

/** What a customer's balance makes of a total, and what is left for the next invoice though nothing is due. */
function balanceOf({
  total,
  amount_due: due,
  starting_balance: before,
}: Pick<Stripe.Invoice, 'total' | 'amount_due' | 'starting_balance'>) {
  // Stripe asks for nothing where it comes to less than it charges, and keeps it as a debt.
  const carried = due === 0 ? Math.max(0, total + before) : 0
  return { balance: due + carried - total, carried }
}

/** What a final invoice left for the next one, because it was too little to be charged. */
export function carriedOn({ status, amount_due, ending_balance: ending }: Stripe.Invoice): number {
  // It is paid at once, over nothing; a balance above zero is what the customer owes.
  return status === 'paid' && amount_due === 0 ? Math.max(0, ending ?? 0) : 0
}

// Stripe lists ten lines at most; the rest is in the subtotal.
function linesOf({ lines, subtotal }: Stripe.Invoice): PreviewLine[] {
  const listed = lines.data.map(({ description, amount, parent }) => {
    const details = parent?.subscription_item_details ?? parent?.invoice_item_details
    return { text: description, amount, isProration: details?.proration ?? false }
  })
  const rest = subtotal - listed.reduce((sum, { amount }) => sum + amount, 0)
  return rest === 0 ? listed : [...listed, { text: null, amount: rest, isProration: false }]
}

function discountOf({ amount, discount }: Stripe.Invoice.TotalDiscountAmount): PreviewDiscount {
  const coupon = couponOf(discount)
  const end = typeof discount === 'object' && !discount.deleted ? discount.end : null
  return {
    amount,
    name: coupon?.name ?? null,
    percent: coupon?.percent_off ?? null,
    lasts: end ? { until: fromUnix(end) } : coupon?.duration === 'forever' ? 'forever' : 'once',
  }
}

function couponOf(discount: Stripe.Invoice.TotalDiscountAmount['discount']): Stripe.Coupon | null {
  if (typeof discount === 'string' || discount.deleted) return null
  const { coupon } = discount.source
  return typeof coupon === 'object' ? coupon : null
}

function taxOf({ total_taxes: taxes, automatic_tax: automatic }: Stripe.Invoice) {
  const sumOf = (behavior: string) =>
    (taxes ?? [])
      .filter((tax) => tax.tax_behavior === behavior)
      .reduce((sum, { amount }) => sum + amount, 0)
  const isUnknown = automatic.enabled && automatic.status === 'requires_location_inputs'
  return { added: sumOf('exclusive'), included: sumOf('inclusive'), isUnknown }
}

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
    balance: from.amount_due - from.total,
    due: from.amount_due,
  }
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

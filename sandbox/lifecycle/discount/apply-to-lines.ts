import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { discountAmounts, isOfItem } from './amounts'

/**
 * Writes on each line what the discounts take off it: first its own, then those of the whole.
 * Prorations are net already, and stay as they are.
 */
export function applyToLines(
  tx: Tx,
  lines: readonly Stripe.InvoiceLineItem[],
  discounts: readonly Readonly<Stripe.Discount>[],
): Stripe.Invoice.TotalDiscountAmount[] {
  const known = new Set(discounts.map(({ id }) => id))
  for (const line of lines) line.discounts = line.discounts.filter((own) => known.has(idOf(own)))
  const open = lines.filter(({ discountable, amount }) => discountable && amount > 0)
  const entries = open.map((line) => ({
    amount: line.amount,
    product: line.pricing?.price_details?.product ?? '',
    own: line.discounts.map(idOf),
  }))
  const taken = discountAmounts(tx, discounts, entries)
  for (const [index, line] of open.entries()) {
    line.discount_amounts = discounts.flatMap((discount, which) => {
      const others = isOfItem(discount) && !entries[index]?.own.includes(discount.id)
      return others ? [] : [{ amount: taken[which]?.[index] ?? 0, discount: discount.id }]
    })
    line.pretax_credit_amounts = line.discount_amounts.map((taken) => ({
      ...taken,
      type: 'discount' as const,
    }))
  }
  return discounts.map((discount, which) => ({
    amount: (taken[which] ?? []).reduce((sum, amount) => sum + amount, 0),
    discount: discount.id,
  }))
}

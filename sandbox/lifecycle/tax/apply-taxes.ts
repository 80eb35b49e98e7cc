import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'
import { ratesOf, type TaxRules } from './rates-of'

/** Writes on each line what taxes it has, after its discounts, and what that comes to for the whole. */
export function applyTaxes(
  tx: Tx,
  lines: readonly Stripe.InvoiceLineItem[],
  rules: TaxRules,
): Stripe.Invoice.TotalTax[] {
  for (const line of lines) line.taxes = taxesOf(tx, line, rules)
  const totals = new Map<string, Stripe.Invoice.TotalTax>()
  for (const entry of lines.flatMap(({ taxes }) => taxes ?? [])) {
    const key = `${entry.tax_rate_details?.tax_rate} ${entry.taxability_reason}`
    const total = totals.get(key)
    if (!total) totals.set(key, { ...entry })
    else {
      total.amount += entry.amount
      total.taxable_amount = (total.taxable_amount ?? 0) + (entry.taxable_amount ?? 0)
    }
  }
  return [...totals.values()]
}

/** Keeps the rates that a country asks for where they can be looked up. */
export function keepRates(tx: Tx, lines: readonly Stripe.InvoiceLineItem[], rules: TaxRules) {
  if (!rules.automatic) return
  for (const { rate } of lines.flatMap((line) => ratesOf(tx, line, rules)))
    if (!tx.find('tax_rate', rate.id)) tx.insert('tax_rate', { ...rate, created: tx.now })
}

function taxesOf(
  tx: Tx,
  line: Stripe.InvoiceLineItem,
  rules: TaxRules,
): Stripe.InvoiceLineItem.Tax[] {
  const rates = ratesOf(tx, line, rules)
  const off = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)
  const base = line.amount - off
  const included = rates.reduce((sum, { rate }) => sum + (rate.inclusive ? rate.percentage : 0), 0)
  // What a price includes is taken out first: all other taxes are on what is left.
  const net = (base * 100) / (100 + included)
  return rates.map(({ rate, reason }) => {
    const amount = roundAway((net * rate.percentage) / 100)
    return {
      amount,
      tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
      tax_rate_details: { tax_rate: rate.id },
      taxability_reason: reason,
      taxable_amount: rate.inclusive ? base - amount : roundAway(net),
      type: 'tax_rate_details',
    }
  })
}

/** To the nearest minor unit, halves away from zero, so that a credit gives back what was taken. */
function roundAway(amount: number): number {
  const rounded = Math.sign(amount) * Math.round(Math.abs(amount))
  return rounded === 0 ? 0 : rounded
}

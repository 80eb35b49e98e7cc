import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { applyToLines } from '@/sandbox/lifecycle/discount/apply-to-lines'
import { applyTaxes } from '@/sandbox/lifecycle/tax/apply-taxes'
import { isLocated, type TaxRules } from '@/sandbox/lifecycle/tax/rates-of'
import { totalsOf } from '@/sandbox/objects/invoice'
import type { Tx } from '@/sandbox/store/transaction'

/** Takes the discounts off some lines, puts the taxes on them, and says what all comes to, as fields of an invoice. */
export function addUp(
  tx: Tx,
  lines: Stripe.InvoiceLineItem[],
  discounts: readonly Readonly<Stripe.Discount>[],
  rules: TaxRules,
) {
  const off = applyToLines(tx, lines, discounts)
  const taxes = applyTaxes(tx, lines, rules)
  return {
    automatic_tax: automaticTax(rules),
    total_discount_amounts: off,
    total_pretax_credit_amounts: off.map(({ amount, discount }) => ({
      amount,
      discount,
      type: 'discount' as const,
    })),
    total_taxes: taxes,
    ...totalsOf(lines, off, taxes),
  }
}

/** The tax rules of an invoice that is there. */
export function rulesOf(tx: Tx, invoice: Readonly<Stripe.Invoice>): TaxRules {
  const details = invoice.parent?.subscription_details?.subscription
  const subscription = details ? tx.find('subscription', idOf(details)) : undefined
  return {
    customer: tx.get('customer', idOf(invoice.customer ?? '')),
    automatic: invoice.automatic_tax.enabled,
    defaults: invoice.default_tax_rates.map(({ id }) => id),
    items: itemRates(subscription),
  }
}

/** The tax rules of what a subscription is billed. */
export function rulesFor(tx: Tx, subscription: Readonly<Stripe.Subscription>): TaxRules {
  return {
    customer: tx.get('customer', idOf(subscription.customer)),
    automatic: subscription.automatic_tax.enabled,
    defaults: (subscription.default_tax_rates ?? []).map(({ id }) => id),
    items: itemRates(subscription),
  }
}

function itemRates(subscription: Readonly<Stripe.Subscription> | undefined) {
  return new Map(
    subscription?.items.data.map(({ id, tax_rates }) => [
      id,
      (tax_rates ?? []).map((rate) => rate.id),
    ]),
  )
}

function automaticTax({ automatic, customer }: TaxRules): Stripe.Invoice.AutomaticTax {
  if (!automatic)
    return { disabled_reason: null, enabled: false, liability: null, provider: null, status: null }
  return {
    disabled_reason: null,
    enabled: true,
    liability: { type: 'self' },
    provider: 'stripe',
    status: isLocated(customer) ? 'complete' : 'requires_location_inputs',
  }
}

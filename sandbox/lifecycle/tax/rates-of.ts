import type Stripe from 'stripe'
import { newTaxRate } from '@/sandbox/objects/tax-rate'
import type { Tx } from '@/sandbox/store/transaction'
import { countryRate, shiftsTax } from './country-rates'

/** Which taxes an invoice has: those that the request named, or what its customer's country asks for. */
export interface TaxRules {
  customer: Readonly<Stripe.Customer>
  automatic: boolean
  /** The rates of what has none of its own. */
  defaults: readonly string[]
  /** The rates of the items of its subscription, by id. */
  items: ReadonlyMap<string, readonly string[]>
}

type Reason = Stripe.InvoiceLineItem.Tax['taxability_reason']

/** A rate as it counts on one line; 0 when `reason` says that nothing is owed. */
export interface Counted {
  rate: Stripe.TaxRate
  reason: Reason
}

/** The taxes of a line. */
export function ratesOf(tx: Tx, line: Stripe.InvoiceLineItem, rules: TaxRules): Counted[] {
  if (rules.automatic) return automaticRates(tx, line, rules)
  const item = line.parent?.subscription_item_details?.subscription_item ?? ''
  const own = tx.find('invoiceitem', invoiceItemOf(line) ?? '')?.tax_rates ?? []
  const named = own.length > 0 ? own.map(({ id }) => id) : (rules.items.get(item) ?? [])
  return (named.length > 0 ? named : rules.defaults).map((id) => ({
    rate: structuredClone(tx.get('tax_rate', id)),
    reason: 'standard_rated',
  }))
}

/** Whether it is known where a customer is. */
export function isLocated({ address }: Readonly<Stripe.Customer>): boolean {
  return Boolean(address?.country)
}

/** The invoice item that a line comes from, if it comes from one. */
export function invoiceItemOf({ parent }: Stripe.InvoiceLineItem): string | null {
  return (
    parent?.invoice_item_details?.invoice_item ??
    parent?.subscription_item_details?.invoice_item ??
    null
  )
}

function automaticRates(
  tx: Tx,
  { pricing }: Stripe.InvoiceLineItem,
  { customer }: TaxRules,
): Counted[] {
  const country = customer.address?.country
  if (!country) return []
  const state = customer.address?.state ?? null
  const price = tx.find('price', String(pricing?.price_details?.price ?? ''))
  const inclusive = price?.tax_behavior === 'inclusive'
  const known = countryRate(country, state)
  const reason = reasonOf(tx, customer, country, known !== null)
  const percentage = reason === 'standard_rated' ? (known?.percentage ?? 0) : 0
  const where = country === 'US' && state ? `US${state}` : country
  const rate = newTaxRate(0, {
    // The same place has the same rate, whichever invoice asks for it.
    id: `txr_1Automatic${where}${inclusive ? 'In' : 'Ex'}${String(percentage).replace('.', 'p')}`,
    active: false,
    country,
    display_name: known?.name ?? 'Tax',
    effective_percentage: percentage,
    inclusive,
    jurisdiction_level: country === 'US' ? 'state' : 'country',
    percentage,
    state: country === 'US' ? state : null,
    tax_type: known?.type ?? null,
  })
  return [{ rate, reason }]
}

function reasonOf(
  tx: Tx,
  customer: Readonly<Stripe.Customer>,
  country: string,
  collected: boolean,
): Reason {
  if (customer.tax_exempt === 'exempt') return 'customer_exempt'
  if (!collected) return 'not_collecting'
  const ids = tx.by('tax_id', 'customer', customer.id).map(({ type }) => String(type))
  if (customer.tax_exempt === 'reverse' || shiftsTax(country, ids)) return 'reverse_charge'
  return 'standard_rated'
}

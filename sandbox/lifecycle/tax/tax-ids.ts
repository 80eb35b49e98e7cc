import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

type Type = Stripe.TaxId['type']

/** What a number of each kind looks like. Other kinds are taken as they come. */
const FORMS: Record<string, RegExp> = {
  au_abn: /^\d{11}$/,
  ch_vat: /^CHE-?\d{3}\.?\d{3}\.?\d{3} ?(MWST|TVA|IVA)$/,
  eu_vat:
    /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z+*]{2,12}$/,
  gb_vat: /^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  us_ein: /^\d{2}-?\d{7}$/,
}

/** Whether a tax id can be what it says it is. Whether it was ever issued is not checked. */
export function isTaxId(type: string, value: string): boolean {
  return FORMS[type]?.test(value.replaceAll(' ', '')) ?? value.trim() !== ''
}

/** Notes a customer's tax id, which is on their invoices from now on. */
export function addTaxId(tx: Tx, customer: string, type: Type, value: string): Stripe.TaxId {
  const made = tx.insert('tax_id', {
    id: newId('txi'),
    object: 'tax_id',
    country: countryOf(type, value),
    created: tx.now,
    customer,
    customer_account: null,
    livemode: false,
    owner: { customer, customer_account: null, type: 'customer' },
    type,
    value,
    verification: { status: 'verified', verified_address: null, verified_name: null },
  })
  tx.emit('customer.tax_id.created', 'tax_id', made.id)
  return made
}

/** Forgets a customer's tax id. */
export function removeTaxId(tx: Tx, id: string) {
  tx.emit('customer.tax_id.deleted', 'tax_id', id)
  tx.remove('tax_id', id)
}

function countryOf(type: string, value: string): string | null {
  if (type === 'eu_vat') return value.slice(0, 2).replace('EL', 'GR').toUpperCase()
  return /^([a-z]{2})_/.exec(type)?.[1]?.toUpperCase() ?? null
}

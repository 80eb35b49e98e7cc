import type Stripe from 'stripe'
import { decimalNumber } from '@/sandbox/http/decimal-rule'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { flag, oneOf, text } from '@/sandbox/http/rules'
import { newTaxRate } from '@/sandbox/objects/tax-rate'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

const RATES = '/v1/tax_rates'

const DETAILS = {
  active: flag(),
  country: text(2),
  description: text(),
  display_name: text(50),
  jurisdiction: text(50),
  metadata: metadata(),
  state: text(3),
  tax_type: oneOf(
    'amusement_tax',
    'communications_tax',
    'gst',
    'hst',
    'igst',
    'jct',
    'lease_tax',
    'pst',
    'qst',
    'retail_delivery_fee',
    'rst',
    'sales_tax',
    'service_tax',
    'vat',
  ),
}

export const createTaxRate = endpoint(
  'POST',
  RATES,
  {
    ...DETAILS,
    display_name: required(DETAILS.display_name),
    inclusive: required(flag()),
    percentage: required(decimalNumber(-1, 100)),
  },
  ({ tx, params }) => {
    const { metadata: notes, ...given } = params
    const known = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    )
    const { display_name, inclusive, percentage } = params
    const made = newTaxRate(tx.now, { ...known, display_name, inclusive, percentage })
    made.metadata = withMetadata({}, notes)
    tx.insert('tax_rate', made)
    tx.emit('tax_rate.created', 'tax_rate', made.id)
    return made
  },
)

export const updateTaxRate = endpoint('POST', `${RATES}/:id`, DETAILS, ({ tx, id, params }) => {
  const rate = tx.edit('tax_rate', id)
  const { metadata: notes, ...given } = params
  const known = Object.entries(given).filter(([, value]) => value !== undefined)
  Object.assign(rate, Object.fromEntries(known))
  rate.metadata = withMetadata(rate.metadata, notes)
  tx.emit('tax_rate.updated', 'tax_rate', id)
  return rate
})

export const getTaxRate = endpoint('GET', `${RATES}/:id`, {}, ({ tx, id }) =>
  tx.get('tax_rate', id),
)

export const listTaxRates = endpoint(
  'GET',
  RATES,
  { ...paging, active: flag(), created: range(), inclusive: flag() },
  ({ tx, params }) =>
    page(
      tx.all('tax_rate'),
      params,
      RATES,
      (row) =>
        (params.active === undefined || row.active === params.active) &&
        (params.inclusive === undefined || row.inclusive === params.inclusive) &&
        within(row.created, params.created),
    ),
)

/** The rates that a parameter names, whole, as objects hold them. */
export function ratesNamed(
  tx: Tx,
  ids: readonly string[] | null | undefined,
  param: string,
): Stripe.TaxRate[] {
  return (ids ?? []).map((id, nth) =>
    structuredClone(named(tx, 'tax_rate', id, `${param}[${nth}]`)),
  )
}

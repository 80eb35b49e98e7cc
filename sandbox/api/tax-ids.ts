import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging } from '@/sandbox/http/listing'
import { type Read, required } from '@/sandbox/http/rule'
import { hash, list, text } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'
import { addTaxId, isTaxId, removeTaxId } from '@/sandbox/lifecycle/tax/tax-ids'
import type { Tx } from '@/sandbox/store/transaction'

const ROWS = '/v1/customers/:id/tax_ids'
const ENTRY = { type: required(text()), value: required(text()) }

/** The `tax_id_data` of a customer who is made. */
export const TAX_ID_DATA = list(hash(ENTRY), 5)

export const createTaxId = endpoint('POST', ROWS, ENTRY, ({ tx, id, params }) => {
  tx.get('customer', id)
  return take(tx, id, params, '')
})

export const getTaxId = endpoint('GET', `${ROWS}/:row`, {}, ({ tx, ids }) => own(tx, ids))

export const deleteTaxId = endpoint('DELETE', `${ROWS}/:row`, {}, ({ tx, ids }) => {
  const { id } = own(tx, ids)
  removeTaxId(tx, id)
  return { id, object: 'tax_id', deleted: true }
})

export const listTaxIds = endpoint('GET', ROWS, paging, ({ tx, id, params }) => {
  tx.get('customer', id)
  return page(tx.by('tax_id', 'customer', id), params, `/v1/customers/${id}/tax_ids`)
})

/** Notes the tax ids that come with a customer. */
export function takeTaxIds(
  tx: Tx,
  customer: string,
  given: Read<{ of: typeof TAX_ID_DATA }>['of'],
) {
  for (const [nth, entry] of (given ?? []).entries())
    take(tx, customer, entry, `tax_id_data[${nth}]`)
}

function take(tx: Tx, customer: string, { type, value }: Read<typeof ENTRY>, within: string) {
  if (isTaxId(type, value)) return addTaxId(tx, customer, type as Stripe.TaxId['type'], value)
  throw ApiError.invalid(
    `Invalid value for ${type}.`,
    within === '' ? 'value' : `${within}[value]`,
    'tax_id_invalid',
  )
}

function own(tx: Tx, [customer = '', id = '']: string[]) {
  const row = tx.get('tax_id', id)
  if (optionalId(row.customer) === customer) return row
  throw ApiError.missing('tax_id', id)
}

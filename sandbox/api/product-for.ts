import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { type MetadataChange, withMetadata } from '@/sandbox/http/metadata'
import { missing } from '@/sandbox/http/rule'
import { newProduct } from '@/sandbox/objects/product'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

interface Data {
  name: string
  id?: string | undefined
  active?: boolean | undefined
  metadata?: MetadataChange | undefined
  statement_descriptor?: string | undefined
  unit_label?: string | undefined
}

/** The product that a price is of: one that is named, or one that is described and made. Throws ApiError 400. */
export function productFor(
  tx: Tx,
  id: string | undefined,
  data: Data | undefined,
  param = 'product_data',
): string {
  if (id !== undefined) return named(tx, 'product', id, 'product').id
  if (!data) throw missing('product')
  if (data.id && tx.find('product', data.id))
    throw ApiError.invalid('Product already exists.', `${param}[id]`, 'resource_already_exists')
  const { metadata, name, ...others } = data
  const given = Object.entries(others).filter(([, value]) => value !== undefined && value !== '')
  const product: Stripe.Product = {
    ...newProduct(tx.now, { name }),
    ...Object.fromEntries(given),
    metadata: withMetadata({}, metadata),
  }
  tx.insert('product', product)
  tx.emit('product.created', 'product', product.id)
  return product.id
}

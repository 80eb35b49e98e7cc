import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { flag, text } from '@/sandbox/http/rules'
import { newId } from '@/sandbox/ids'
import { entitlementsOf } from '@/sandbox/lifecycle/entitlements/follow'
import { named } from './references'

export const createFeature = endpoint(
  'POST',
  '/v1/entitlements/features',
  { name: required(text(80)), lookup_key: required(text(80)), metadata: metadata() },
  ({ tx, params }) => {
    if (tx.all('entitlements.feature').some(({ lookup_key }) => lookup_key === params.lookup_key))
      throw ApiError.invalid(
        `A feature with the lookup key ${params.lookup_key} already exists.`,
        'lookup_key',
      )
    return tx.insert('entitlements.feature', {
      id: newId('feat'),
      object: 'entitlements.feature',
      active: true,
      livemode: false,
      lookup_key: params.lookup_key,
      metadata: withMetadata({}, params.metadata),
      name: params.name,
    })
  },
)

export const getFeature = endpoint('GET', '/v1/entitlements/features/:id', {}, ({ tx, id }) =>
  tx.get('entitlements.feature', id),
)

export const updateFeature = endpoint(
  'POST',
  '/v1/entitlements/features/:id',
  { name: text(80), active: flag(), metadata: metadata() },
  ({ tx, id, params }) => {
    const feature = tx.edit('entitlements.feature', id)
    if (params.name !== undefined) feature.name = params.name
    if (params.active !== undefined) feature.active = params.active
    feature.metadata = withMetadata(feature.metadata, params.metadata)
    return feature
  },
)

export const listFeatures = endpoint(
  'GET',
  '/v1/entitlements/features',
  { ...paging, lookup_key: text(), archived: flag() },
  ({ tx, params }) =>
    page(
      tx.all('entitlements.feature'),
      params,
      '/v1/entitlements/features',
      (row) =>
        (params.lookup_key === undefined || row.lookup_key === params.lookup_key) &&
        (params.archived === undefined || row.active !== params.archived),
    ),
)

export const listActiveEntitlements = endpoint(
  'GET',
  '/v1/entitlements/active_entitlements',
  { ...paging, customer: required(text()) },
  ({ tx, params }) => {
    named(tx, 'customer', params.customer, 'customer')
    const rows = entitlementsOf(tx, params.customer)
    return page(rows, params, '/v1/entitlements/active_entitlements')
  },
)

export const getActiveEntitlement = endpoint(
  'GET',
  '/v1/entitlements/active_entitlements/:id',
  {},
  ({ tx, id }) => {
    const rows = tx.all('entitlement_set').flatMap(({ entitlements }) => entitlements)
    const found = rows.find((row) => row.id === id)
    if (found) return found
    throw new ApiError(404, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: `No such active entitlement: '${id}'`,
      param: 'id',
    })
  },
)

export const attachFeature = endpoint(
  'POST',
  '/v1/products/:id/features',
  { entitlement_feature: required(text()) },
  ({ tx, id, params }) => {
    tx.get('product', id)
    const feature = named(
      tx,
      'entitlements.feature',
      params.entitlement_feature,
      'entitlement_feature',
    )
    const taken = tx
      .all('product_feature')
      .some((row) => row.product === id && row.entitlement_feature.id === feature.id)
    if (taken)
      throw ApiError.invalid(
        'The feature is already attached to the product.',
        'entitlement_feature',
      )
    const made = tx.insert('product_feature', {
      id: newId('prodft'),
      object: 'product_feature',
      entitlement_feature: structuredClone(feature),
      livemode: false,
      product: id,
    })
    tx.emit('sandbox.product_feature', 'product_feature', made.id)
    return shown(made)
  },
)

export const listProductFeatures = endpoint(
  'GET',
  '/v1/products/:id/features',
  paging,
  ({ tx, id, params }) => {
    tx.get('product', id)
    const own = tx.all('product_feature').filter(({ product }) => product === id)
    return page(own.map(shown), params, `/v1/products/${id}/features`)
  },
)

export const detachFeature = endpoint(
  'DELETE',
  '/v1/products/:id/features/:feature',
  {},
  ({ tx, ids }) => {
    const id = ids[1] ?? ''
    tx.get('product_feature', id)
    tx.remove('product_feature', id)
    return { id, object: 'product_feature', deleted: true }
  },
)

function shown<T extends { product: string }>({ product: _product, ...feature }: T) {
  return feature
}

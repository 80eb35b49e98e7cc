import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { clearable, flag, hash, ignored, list, text } from '@/sandbox/http/rules'
import { idOf, newId } from '@/sandbox/ids'
import { newPrice } from '@/sandbox/objects/price'
import { newProduct } from '@/sandbox/objects/product'
import { announcePrice } from './announce-price'
import { amountsOf } from './price-amounts'
import { DEFAULT_PRICE, DETAILS, detailsOf } from './product-params'
import { recurringOf } from './recurring'
import { named } from './references'

export const createProduct = endpoint(
  'POST',
  '/v1/products',
  {
    ...DETAILS,
    id: text(),
    name: required(text()),
    type: ignored(),
    default_price_data: hash(DEFAULT_PRICE),
  },
  ({ tx, params }) => {
    const id = params.id ?? newId('prod')
    if (tx.find('product', id))
      throw ApiError.invalid('Product already exists.', 'id', 'resource_already_exists')
    const product = tx.insert('product', {
      ...newProduct(tx.now, { name: params.name }),
      ...detailsOf(params),
      id,
      metadata: withMetadata({}, params.metadata),
    })
    tx.emit('product.created', 'product', id)
    const price = params.default_price_data
    if (price) {
      const recurring = recurringOf(price.recurring)
      const made = newPrice(tx.now, {
        product: id,
        ...amountsOf(price),
        currency: price.currency.toLowerCase(),
        recurring,
        tax_behavior: price.tax_behavior ?? 'unspecified',
      })
      product.default_price = tx.insert('price', {
        ...made,
        metadata: withMetadata({}, price.metadata),
      }).id
      announcePrice(tx, made, 'created')
    }
    return product
  },
)

export const updateProduct = endpoint(
  'POST',
  '/v1/products/:id',
  { ...DETAILS, name: text(), default_price: clearable(text()) },
  ({ tx, id, params }) => {
    const product = tx.edit('product', id)
    Object.assign(
      product,
      detailsOf(params),
      params.name === undefined ? {} : { name: params.name },
    )
    product.metadata = withMetadata(product.metadata, params.metadata)
    if (params.default_price !== undefined) {
      product.default_price =
        params.default_price && named(tx, 'price', params.default_price, 'default_price').id
    }
    product.updated = tx.now
    tx.emit('product.updated', 'product', id)
    return product
  },
)

export const getProduct = endpoint('GET', '/v1/products/:id', {}, ({ tx, id }) =>
  tx.get('product', id),
)

export const listProducts = endpoint(
  'GET',
  '/v1/products',
  {
    ...paging,
    active: flag(),
    created: range(),
    ids: list(text()),
    shippable: flag(),
    type: ignored(),
    url: text(),
  },
  ({ tx, params }) =>
    page(
      tx.all('product'),
      params,
      '/v1/products',
      (row) =>
        (params.active === undefined || row.active === params.active) &&
        (params.ids === undefined || params.ids.includes(row.id)) &&
        (params.url === undefined || row.url === params.url) &&
        within(row.created, params.created),
    ),
)

export const deleteProduct = endpoint('DELETE', '/v1/products/:id', {}, ({ tx, id }) => {
  tx.get('product', id)
  if (tx.all('price').some((price) => idOf(price.product) === id)) {
    throw ApiError.invalid(
      'This product cannot be deleted because it has one or more user-created prices.',
    )
  }
  tx.emit('product.deleted', 'product', id)
  tx.remove('product', id)
  return { id, object: 'product', deleted: true }
})

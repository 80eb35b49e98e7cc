import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { clearable, flag, hash, list, oneOf, text } from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
import { newPrice } from '@/sandbox/objects/price'
import { announcePrice } from './announce-price'
import { takeLookupKey } from './lookup-key'
import { amountsOf, CURRENCY_OPTIONS, optionsOf, TAX_BEHAVIOR } from './price-amounts'
import { CREATE } from './price-params'
import { productFor } from './product-for'
import { recurringOf } from './recurring'
import { named } from './references'

export const createPrice = endpoint('POST', '/v1/prices', CREATE, ({ tx, params }) => {
  const price = newPrice(tx.now, {
    product: productFor(tx, params.product, params.product_data),
    currency: params.currency.toLowerCase(),
    ...amountsOf(params),
    recurring: recurringOf(params.recurring),
    active: params.active ?? true,
    metadata: withMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    tax_behavior: params.tax_behavior ?? 'unspecified',
  })
  if (params.recurring?.meter)
    named(tx, 'billing.meter', params.recurring.meter, 'recurring[meter]')
  tx.insert('price', price)
  if (params.lookup_key)
    takeLookupKey(tx, price.id, params.lookup_key, params.transfer_lookup_key ?? false)
  announcePrice(tx, price, 'created')
  return price
})

export const updatePrice = endpoint(
  'POST',
  '/v1/prices/:id',
  {
    active: flag(),
    lookup_key: clearable(text(200)),
    metadata: metadata(),
    nickname: clearable(text()),
    tax_behavior: TAX_BEHAVIOR,
    transfer_lookup_key: flag(),
    currency_options: clearable(CURRENCY_OPTIONS),
  },
  ({ tx, id, params }) => {
    const price = tx.edit('price', id)
    price.active = params.active ?? price.active
    price.metadata = withMetadata(price.metadata, params.metadata)
    if (params.nickname !== undefined) price.nickname = params.nickname
    if (params.tax_behavior !== undefined) {
      if (price.tax_behavior !== 'unspecified')
        throw ApiError.invalid(
          'The tax_behavior of a price cannot be changed once it is set.',
          'tax_behavior',
        )
      price.tax_behavior = params.tax_behavior
    }
    const options = optionsOf(params.currency_options ?? undefined)
    if (options) price.currency_options = { ...price.currency_options, ...options }
    if (params.lookup_key === null) price.lookup_key = null
    else if (params.lookup_key)
      takeLookupKey(tx, id, params.lookup_key, params.transfer_lookup_key ?? false)
    announcePrice(tx, price, 'updated')
    return price
  },
)

export const getPrice = endpoint('GET', '/v1/prices/:id', {}, ({ tx, id }) => tx.get('price', id))

export const listPrices = endpoint(
  'GET',
  '/v1/prices',
  {
    ...paging,
    active: flag(),
    created: range(),
    currency: text(3),
    lookup_keys: list(text(), 10),
    product: text(),
    recurring: hash({
      interval: oneOf('day', 'week', 'month', 'year'),
      usage_type: oneOf('licensed', 'metered'),
      meter: text(),
    }),
    type: oneOf('one_time', 'recurring'),
  },
  ({ tx, params }) =>
    page(
      tx.all('price'),
      params,
      '/v1/prices',
      (row) =>
        (params.active === undefined || row.active === params.active) &&
        (params.currency === undefined || row.currency === params.currency) &&
        (params.lookup_keys === undefined || params.lookup_keys.includes(row.lookup_key ?? '')) &&
        (params.product === undefined || idOf(row.product) === params.product) &&
        (params.recurring?.interval === undefined ||
          row.recurring?.interval === params.recurring.interval) &&
        (params.recurring?.usage_type === undefined ||
          row.recurring?.usage_type === params.recurring.usage_type) &&
        (params.type === undefined || row.type === params.type) &&
        within(row.created, params.created),
    ),
)

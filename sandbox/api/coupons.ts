import { ApiError } from '@/sandbox/http/api-error'
import { decimalNumber } from '@/sandbox/http/decimal-rule'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { hash, instant, integer, list, oneOf, text } from '@/sandbox/http/rules'
import { randomText } from '@/sandbox/ids'
import { newCoupon } from '@/sandbox/objects/coupon'

export const createCoupon = endpoint(
  'POST',
  '/v1/coupons',
  {
    id: text(200),
    amount_off: integer(1),
    percent_off: decimalNumber(0, 100),
    currency: text(3),
    duration: oneOf('forever', 'once', 'repeating'),
    duration_in_months: integer(1),
    applies_to: hash({ products: list(text()) }),
    max_redemptions: integer(1),
    metadata: metadata(),
    name: text(40),
    redeem_by: instant(),
  },
  ({ tx, params }) => {
    const { amount_off, percent_off, currency, duration = 'once' } = params
    if ((amount_off === undefined) === (percent_off === undefined))
      throw ApiError.invalid('Must provide exactly one of percent_off or amount_off.')
    if (amount_off !== undefined && currency === undefined)
      throw ApiError.invalid('Must provide currency with amount_off.', 'currency')
    if (duration === 'repeating' && params.duration_in_months === undefined)
      throw ApiError.invalid(
        'When the duration is repeating, you must pass duration_in_months.',
        'duration_in_months',
        'parameter_missing',
      )
    if (duration !== 'repeating' && params.duration_in_months !== undefined)
      throw ApiError.invalid(
        'You may only pass duration_in_months when the duration is repeating.',
        'duration_in_months',
      )
    const id = params.id ?? randomText(8)
    if (tx.find('coupon', id))
      throw ApiError.invalid('Coupon already exists.', 'id', 'resource_already_exists')
    const coupon = newCoupon(tx.now, {
      id,
      duration,
      amount_off: amount_off ?? null,
      percent_off: percent_off ?? null,
      currency: amount_off === undefined ? null : (currency?.toLowerCase() ?? null),
      duration_in_months: params.duration_in_months ?? null,
      max_redemptions: params.max_redemptions ?? null,
      metadata: withMetadata({}, params.metadata),
      name: params.name ?? null,
      redeem_by: params.redeem_by ?? null,
      ...(params.applies_to ? { applies_to: { products: params.applies_to.products ?? [] } } : {}),
    })
    tx.insert('coupon', coupon)
    tx.emit('coupon.created', 'coupon', id)
    return coupon
  },
)

export const getCoupon = endpoint('GET', '/v1/coupons/:id', {}, ({ tx, id }) =>
  tx.get('coupon', id),
)

export const updateCoupon = endpoint(
  'POST',
  '/v1/coupons/:id',
  { metadata: metadata(), name: text(40) },
  ({ tx, id, params }) => {
    const coupon = tx.edit('coupon', id)
    coupon.metadata = withMetadata(coupon.metadata, params.metadata)
    if (params.name !== undefined) coupon.name = params.name === '' ? null : params.name
    tx.emit('coupon.updated', 'coupon', id)
    return coupon
  },
)

export const deleteCoupon = endpoint('DELETE', '/v1/coupons/:id', {}, ({ tx, id }) => {
  const coupon = tx.get('coupon', id)
  tx.emit('coupon.deleted', 'coupon', id)
  tx.remove('coupon', id)
  if (tx.find('retired_coupon', id)) tx.remove('retired_coupon', id)
  tx.insert('retired_coupon', { ...coupon, valid: false })
  return { id, object: 'coupon', deleted: true }
})

export const listCoupons = endpoint(
  'GET',
  '/v1/coupons',
  { ...paging, created: range() },
  ({ tx, params }) =>
    page(tx.all('coupon'), params, '/v1/coupons', (row) => within(row.created, params.created)),
)

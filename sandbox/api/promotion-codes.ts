import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { flag, hash, instant, integer, oneOf, text } from '@/sandbox/http/rules'
import { optionalId, randomText } from '@/sandbox/ids'
import { newPromotionCode } from '@/sandbox/objects/promotion-code'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

export const createPromotionCode = endpoint(
  'POST',
  '/v1/promotion_codes',
  {
    promotion: required(hash({ type: required(oneOf('coupon')), coupon: required(text()) })),
    code: text(500),
    active: flag(),
    customer: text(),
    expires_at: instant(),
    max_redemptions: integer(1),
    metadata: metadata(),
    restrictions: hash({
      first_time_transaction: flag(),
      minimum_amount: integer(1),
      minimum_amount_currency: text(3),
    }),
  },
  ({ tx, params }) => {
    const { coupon, type } = params.promotion
    named(tx, 'coupon', coupon, 'promotion[coupon]')
    if (params.customer !== undefined) named(tx, 'customer', params.customer, 'customer')
    const code = params.code ?? randomText(8).toUpperCase()
    const active = params.active ?? true
    if (active) requireFree(tx, code, 'code')
    const made = newPromotionCode(tx.now, {
      code,
      active,
      promotion: { coupon, type },
      customer: params.customer ?? null,
      expires_at: params.expires_at ?? null,
      max_redemptions: params.max_redemptions ?? null,
      metadata: withMetadata({}, params.metadata),
      restrictions: {
        first_time_transaction: params.restrictions?.first_time_transaction ?? false,
        minimum_amount: params.restrictions?.minimum_amount ?? null,
        minimum_amount_currency: params.restrictions?.minimum_amount_currency ?? null,
      },
    })
    tx.insert('promotion_code', made)
    tx.emit('promotion_code.created', 'promotion_code', made.id)
    return made
  },
)

export const getPromotionCode = endpoint('GET', '/v1/promotion_codes/:id', {}, ({ tx, id }) =>
  tx.get('promotion_code', id),
)

export const updatePromotionCode = endpoint(
  'POST',
  '/v1/promotion_codes/:id',
  { active: flag(), metadata: metadata() },
  ({ tx, id, params }) => {
    const code = tx.edit('promotion_code', id)
    if (params.active && !code.active) requireFree(tx, code.code, 'active')
    if (params.active !== undefined) code.active = params.active
    code.metadata = withMetadata(code.metadata, params.metadata)
    tx.emit('promotion_code.updated', 'promotion_code', id)
    return code
  },
)

export const listPromotionCodes = endpoint(
  'GET',
  '/v1/promotion_codes',
  {
    ...paging,
    active: flag(),
    code: text(),
    coupon: text(),
    created: range(),
    customer: text(),
  },
  ({ tx, params }) =>
    page(
      tx.all('promotion_code'),
      params,
      '/v1/promotion_codes',
      (row) =>
        (params.active === undefined || row.active === params.active) &&
        (params.code === undefined || sameCode(row.code, params.code)) &&
        (params.coupon === undefined || optionalId(row.promotion.coupon) === params.coupon) &&
        (params.customer === undefined || optionalId(row.customer) === params.customer) &&
        within(row.created, params.created),
    ),
)

/** A code that people can type in stands for one promotion at a time. */
function requireFree(tx: Tx, code: string, param: string) {
  if (!tx.all('promotion_code').some((row) => row.active && sameCode(row.code, code))) return
  throw ApiError.invalid(`An active promotion code with \`code: ${code}\` already exists.`, param)
}

function sameCode(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

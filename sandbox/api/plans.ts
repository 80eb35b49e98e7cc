import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { flag, text } from '@/sandbox/http/rules'
import { planOf } from '@/sandbox/objects/plan'
import { newPrice } from '@/sandbox/objects/price'
import type { Tx } from '@/sandbox/store/transaction'
import { announcePrice } from './announce-price'
import { CREATE, priceFields, TRIAL_DAYS } from './plan-params'
import { named } from './references'

const PLANS = '/v1/plans'

/** A plan is what a price that recurs was called before there were prices: one thing, under two names. */
export const createPlan = endpoint('POST', PLANS, CREATE, ({ tx, params }) => {
  const { id } = params
  if (id !== undefined && (tx.find('price', id) ?? tx.find('deleted_plan', id)))
    throw ApiError.invalid('Plan already exists.', 'id', 'resource_already_exists')
  const price = newPrice(tx.now, {
    ...priceFields(tx, params),
    ...(id === undefined ? {} : { id }),
  })
  tx.insert('price', price)
  announcePrice(tx, price, 'created')
  return planOf(price)
})

export const getPlan = endpoint('GET', `${PLANS}/:id`, {}, ({ tx, id }) =>
  planOf(tx.get('price', existing(tx, id))),
)

export const updatePlan = endpoint(
  'POST',
  `${PLANS}/:id`,
  {
    active: flag(),
    metadata: metadata(),
    nickname: text(),
    product: text(),
    trial_period_days: TRIAL_DAYS,
  },
  ({ tx, id, params }) => {
    const price = tx.edit('price', existing(tx, id))
    price.active = params.active ?? price.active
    price.metadata = withMetadata(price.metadata, params.metadata)
    price.nickname = params.nickname ?? price.nickname
    if (params.product !== undefined)
      price.product = named(tx, 'product', params.product, 'product').id
    if (price.recurring)
      price.recurring.trial_period_days =
        params.trial_period_days ?? price.recurring.trial_period_days
    announcePrice(tx, price, 'updated')
    return planOf(price)
  },
)

/** No subscription can begin with it any more; subscribers who have it keep it. */
export const deletePlan = endpoint('DELETE', `${PLANS}/:id`, {}, ({ tx, id }) => {
  tx.edit('price', existing(tx, id)).active = false
  tx.insert('deleted_plan', { id })
  tx.emit('plan.deleted', 'price', id)
  tx.emit('price.deleted', 'price', id)
  return { id, object: 'plan', deleted: true }
})

export const listPlans = endpoint(
  'GET',
  PLANS,
  { ...paging, active: flag(), created: range(), product: text() },
  ({ tx, params }) => {
    const plans = tx
      .all('price')
      .filter(({ id, recurring }) => recurring && !tx.find('deleted_plan', id))
      .map(planOf)
    return page(
      plans,
      params,
      PLANS,
      (row) =>
        (params.active === undefined || row.active === params.active) &&
        (params.product === undefined || row.product === params.product) &&
        within(row.created, params.created),
    )
  },
)

/** The id of a plan that is there. Throws ApiError 404. */
function existing(tx: Tx, id: string): string {
  if (tx.find('price', id)?.recurring && !tx.find('deleted_plan', id)) return id
  throw new ApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such plan: '${id}'`,
    param: 'plan',
  })
}

import { expect, it } from 'vitest'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { CONTEXT, claim, item, row, snapshot } from '@/lib/sync/rows.fixture'
import { newsOf } from './news-of'

const event = (payload: string, id: `evt_${string}` = 'evt_1') => ({
  ...{ id, type: 'customer.subscription.updated', objectId: 'sub_1' },
  ...{ attempt: null, tries: 0, payload },
})
const news = (shown: ReturnType<typeof snapshot>[], events: ReturnType<typeof event>[] = []) =>
  newsOf(
    claim({ events }),
    { subscriptions: shown, moved: shown.map(({ id }) => id), vanished: [] },
    CONTEXT,
  )

it('A body that cannot be read is left out, and what the read shows is still counted', () => {
  const object = { object: 'subscription', discounts: [], items: { data: [{}] } }
  const odd = { ...object, items: { data: [{ price: {}, current_period_end: 1 }] } }
  const bodies = ['', 'no JSON', 'null', JSON.stringify({ created: 1, data: { object: odd } })]
  const said = news(
    [snapshot()],
    bodies.map((body, n) => event(body, `evt_${n}`)),
  )
  expect(said).toMatchObject({ moments: [], readings: [{ mrr: 1900 }] })
})

it('A reading without a number, or without an instant, is left out and others are not', () => {
  const nameless = snapshot({ id: 'sub_2', items: [item({ exactAmount: Number.NaN })] })
  const timeless = snapshot({ id: 'sub_3', created: new Date(Number.NaN) })
  const { readings } = news([nameless, timeless, snapshot()])
  expect(readings.map(({ subscriptionId }) => subscriptionId)).toEqual(['sub_1'])
})

// As an event shows it: the price names its product and not what that is worth.
const body = (price: string, product: string) => {
  const recurring = { interval: 'month', interval_count: 1, usage_type: 'licensed' }
  const shown = { ...{ id: price, product, metadata: {}, lookup_key: null, currency: 'usd' } }
  const data = [
    {
      ...{ id: 'si_1', quantity: 1, current_period_start: 1, current_period_end: 2 },
      price: { ...shown, recurring, unit_amount: 1900 },
    },
  ]
  const subscription = { id: 'sub_1', object: 'subscription', customer: 'cus_ada', created: 1 }
  const rest = { status: 'active', discounts: [], metadata: {}, pause_collection: null }
  return JSON.stringify({
    created: 1_790_000_000,
    data: { object: { ...subscription, ...rest, items: { data } } },
  })
}

it('An event names the plan that the product says, where its price says none', () => {
  const grandfathered = item({
    ...{ priceId: 'price_old', productId: 'prod_old', lookupKey: null },
    ...{ metadataTier: null, productMetadataTier: GREAT },
  })
  const events = [event(body('price_older', 'prod_old'))]
  expect(news([snapshot({ items: [grandfathered] })], events).moments).toMatchObject([
    { plan: GREAT, mrr: 1900 },
  ])
})

it('An event names the plan that our records know a price by, where nothing else says it', () => {
  const events = [event(body('price_before', 'prod_before'))]
  const { moments } = newsOf(
    claim({ events, subscriptions: [row({ priceId: 'price_before', tier: SMALL })] }),
    {
      subscriptions: [snapshot({ items: [item({ metadataTier: GREAT })] })],
      moved: [],
      vanished: [],
    },
    CONTEXT,
  )
  expect(moments).toMatchObject([{ plan: SMALL }])
})

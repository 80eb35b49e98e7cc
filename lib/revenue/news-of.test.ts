import { expect, it } from 'vitest'
import { CONTEXT, claim, item, snapshot } from '@/lib/sync/rows.fixture'
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

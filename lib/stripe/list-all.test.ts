import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { fromUnix } from '@/lib/clock'
import type { SubscriptionId } from '@/lib/ids'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { stripeClient } from './client'
import { listEvents } from './events'
import { listAllSubscriptions, type Mark } from './subscriptions'

const stripe = vi.hoisted(() => ({
  secretKey: 'sk_test_gateway',
  apiBase: new URL('http://127.0.0.1:1'),
}))
vi.mock('@/lib/env', () => ({ env: () => ({ appEnv: 'test', stripe }) }))

const SOLD = 103
const top = { createdUntil: null, after: null }
const ours = ({ app }: Mark) => app === 'ledgerline'

let sandbox: RunningSandbox
// Oldest first; every tenth is another application's.
const sold: string[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  stripe.apiBase = new URL(sandbox.url)
  const { products, prices, customers, paymentMethods, subscriptions } = stripeClient()
  const { id: product } = await products.create({ name: PLANS[SMALL].name })
  const recurring = { interval: 'month' } as const
  const { id: price } = await prices.create({ product, recurring, currency: 'usd', unit_amount: 1 })
  const { id: customer } = await customers.create()
  const card = await paymentMethods.attach('pm_card_visa', { customer })
  for (let n = 0; n < SOLD; n += 1) {
    const { id } = await subscriptions.create({
      customer,
      items: [{ price }],
      default_payment_method: card.id,
      metadata: { app: n % 10 === 0 ? 'othershop' : 'ledgerline' },
    })
    sold.push(id)
  }
  await subscriptions.cancel(sold[1] ?? '')
})
afterAll(() => sandbox.stop())

test('all subscriptions come a hundred at a time, newest first, the ended ones too', async () => {
  const first = await listAllSubscriptions(top, () => true)
  expect(first).toMatchObject({ more: true, last: { id: sold[3] } })
  expect(first.subscriptions.map(({ id }) => id)).toEqual(sold.slice(3).reverse())

  const after = first.last?.id ?? null
  const second = await listAllSubscriptions({ createdUntil: null, after }, () => true)
  expect(second).toMatchObject({ more: false, last: { id: sold[0] } })
  expect(second.subscriptions.map(({ status }) => status)).toEqual(['active', 'canceled', 'active'])
})

test('of those that live the card is known that is charged next', async () => {
  const { cards } = await listAllSubscriptions(
    { createdUntil: null, after: sold[3] as SubscriptionId },
    () => true,
  )
  expect(cards.map(({ subscriptionId }) => subscriptionId)).toEqual([sold[2], sold[0]])
  expect(cards[0]?.card).toMatchObject({ brand: 'visa', last4: '4242' })
})

test('those of other applications are left out, and the page still ends where it ends', async () => {
  const start = { createdUntil: null, after: sold[3] as SubscriptionId }
  const page = await listAllSubscriptions(start, ours)
  expect(page.subscriptions.map(({ id }) => id)).toEqual([sold[2], sold[1]])
  expect(page.last?.id).toBe(sold[0])
})

test('those that were made later than an instant are left out', async () => {
  const page = await listAllSubscriptions({ createdUntil: fromUnix(1), after: null }, () => true)
  expect(page).toEqual({ subscriptions: [], customers: [], cards: [], last: null, more: false })
})

test('of more events than asked for the newest are given, oldest first', async () => {
  const range = { since: new Date(Date.now() - 60_000), until: new Date(Date.now() + 60_000) }
  const types = ['customer.subscription.created']
  expect(await listEvents({ ...range, types })).toHaveLength(SOLD)
  const some = await listEvents({ ...range, types, limit: 5 })
  expect(some.map(({ objectId }) => objectId)).toEqual(sold.slice(-5))
})

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { stripeClient } from './client'
import { invoiceTrail } from './invoice-trail'

const stripe = vi.hoisted(() => ({
  secretKey: 'sk_test_gateway',
  apiBase: new URL('http://127.0.0.1:1'),
}))
vi.mock('@/lib/env', () => ({ env: () => ({ appEnv: 'test', stripe }) }))

let sandbox: RunningSandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  stripe.apiBase = new URL(sandbox.url)
})
afterAll(() => sandbox.stop())

test('an invoice of more than ten lines is read whole: what pays for the period may be the eleventh', async () => {
  const { products, prices, customers, paymentMethods, subscriptions } = stripeClient()
  const { id: product } = await products.create({ name: 'Seats' })
  const recurring = { interval: 'month' } as const
  const { id: price } = await prices.create({
    ...{ product, recurring, currency: 'usd', unit_amount: 1_000 },
  })
  const { id: customer } = await customers.create()
  const card = await paymentMethods.attach('pm_card_visa', { customer })
  const { id, items } = await subscriptions.create({
    ...{ customer, items: [{ price }], default_payment_method: card.id },
  })
  for (let quantity = 2; quantity <= 8; quantity += 1) {
    await later(86_400)
    const [item] = items.data
    await subscriptions.update(id, { items: [{ id: item?.id ?? '', quantity }] })
  }
  await later(31 * 86_400)

  const [renewed] = (await subscriptions.list({ customer, expand: ['data.latest_invoice'] })).data
  if (!renewed || typeof renewed.latest_invoice === 'string') throw new Error('Not expanded.')
  expect(renewed.latest_invoice?.lines).toMatchObject({ has_more: true })
  const [newest] = await invoiceTrail(renewed)
  const end = Math.max(...(newest?.lines ?? []).map(({ until }) => Number(until)))
  expect(end / 1_000).toBe(renewed.items.data[0]?.current_period_end)
})

async function later(advance: number): Promise<void> {
  await fetch(`${sandbox.url}/_sandbox/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance }),
  })
}

import { afterAll, beforeAll, expect, it } from 'vitest'
import { startStory } from '@/sandbox/test/story'
import { startReceiver } from '@/sandbox/test/world'
import { readEnvelope } from './envelope'

const PAST_A_RENEWAL = 32 * 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeAll(async () => {
  story = await startStory()
})

afterAll(() => story.stop())

it('reads the same of an event whatever the API version of its endpoint', async () => {
  const versions = ['2024-06-20', '2025-08-27.basil', '2026-04-22.dahlia', null]
  const receivers = await Promise.all(versions.map(() => startReceiver()))
  for (const [nth, version] of versions.entries())
    await story.stripe.webhookEndpoints.create({
      url: receivers[nth]?.url ?? '',
      enabled_events: ['*'],
      // The SDK's type knows its own version alone.
      ...(version === null ? {} : { api_version: version as '2026-10-28.endive' }),
    })
  const { customer, subscription } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  await story.advance(PAST_A_RENEWAL)
  const pending = async () =>
    (await (await fetch(`${story.url}/_sandbox/deliveries`)).json()).pending
  await expect.poll(pending, { timeout: 20_000 }).toBe(0)
  const [oldest, ...others] = receivers.map(({ received }) =>
    received
      .map(({ body }) => readEnvelope(body))
      .map(({ payload: _payload, apiVersion: _version, ...read }) => read)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  )
  expect(oldest?.length).toBeGreaterThan(20)
  expect(oldest?.some(({ attempt }) => attempt === 1)).toBe(true)
  for (const other of others) expect(other).toEqual(oldest)
  await Promise.all(receivers.map(({ stop }) => stop()))
})

import { afterAll, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { claimTarget } from '@/db/queries/ledger'
import { claimed, oneCustomer } from './one-customer.fixture'

afterAll(disconnect)

it('A claim has the bodies of the newest 50 events that say what a subscription is worth, and all events', async () => {
  const one = await oneCustomer()
  for (let n = 0; n < 60; n += 1) await one.ingest({ payload: `{"n":${n}}` })
  // It is newer, and its body is not asked for.
  await one.ingest({ type: 'customer.updated', payload: '{"n":"customer"}' })
  const { events } = await claim(one)
  const bodies = events.map(({ payload }) => payload ?? null)
  const newest = Array.from({ length: 50 }, (_, n) => `{"n":${n + 10}}`)
  expect(bodies).toEqual([...Array.from({ length: 10 }, () => null), ...newest, null])
})

it('A claim has no more than 256 KB of bodies together, the newest of them', async () => {
  const one = await oneCustomer()
  for (let n = 0; n < 5; n += 1) await one.ingest({ payload: `${n}${'é'.repeat(40_000)}` })
  const { events } = await claim(one)
  expect(events.map(({ payload }) => payload?.[0] ?? null)).toEqual([null, null, '2', '3', '4'])
})

async function claim(one: Awaited<ReturnType<typeof oneCustomer>>) {
  await one.setTarget({ leaseUntil: null })
  return claimed((await claimTarget(one.customerId)).claim)
}

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { readHealth } from '@/db/queries/health'
import { operatorActor } from '@/lib/audit/actor'
import { closeUses, readLapsedUses } from '@/lib/console/lapsed-uses'
import { stripeClient } from '@/lib/stripe/client'
import { soak } from '@/scripts/test/soak.fixture'
import { deliverMeterEvents } from './deliver-meter-events'
import { type Fate, openMeteredShop, waitingOf } from './metered.fixture'

let shop: Awaited<ReturnType<typeof openMeteredShop>>
let one: Awaited<ReturnType<typeof shop.customer>>
let now: Date
const MINUTE = 60_000

beforeAll(async () => {
  shop = await openMeteredShop()
})
beforeEach(async () => {
  shop.fate()
  one = await shop.customer()
  // In the middle of a minute, so that what a test does is in one.
  now = new Date(Math.floor((await shop.clock.now()).getTime() / MINUTE) * MINUTE - MINUTE / 2)
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

describe('an event whose answer is lost', () => {
  it('counts once when it is sent again within the day', async () => {
    await one.use(3, now)
    shop.fate('unanswered')
    expect(await shop.deliver()).toBe(0)
    await shop.later(19)
    expect(await shop.deliver()).toBe(1)
    expect(await shop.summed(one.id)).toBe(3)
  })

  // breakage: Stripe counts a use, its answer is lost, and a day later it has forgotten the use's name | Stripe is asked for what it has of that minute before anything is sent again
  soak(
    'counts once when it is tried again after 25 hours, which Stripe would count again',
    async () => {
      await one.use(3, now)
      shop.fate('unanswered')
      await shop.deliver()
      await shop.later(25)
      expect(await shop.deliver()).toBe(1)
      expect(await shop.summed(one.id)).toBe(3)
      expect(await waitingOf(one.id)).toEqual([])
    },
  )

  soak(
    'is not sent between the twentieth hour and the day after which Stripe is asked',
    async () => {
      await one.use(3, now)
      shop.fate('unanswered')
      await shop.deliver()
      await shop.later(22)
      expect(await shop.deliver()).toBe(0)
      expect(await waitingOf(one.id)).toMatchObject([
        { error: expect.stringContaining('Stripe is asked') },
      ])
      await shop.later(3)
      expect(await shop.deliver()).toBe(1)
      expect(await shop.summed(one.id)).toBe(3)
    },
  )

  soak(
    'counts once when a try after 19 hours was the one that arrived, and its answer was lost, too',
    async () => {
      await one.use(3, now)
      shop.fate('unsent')
      await shop.deliver()
      await shop.later(19)
      shop.fate('unanswered')
      await shop.deliver()
      await shop.later(30)
      expect(await shop.deliver()).toBe(1)
      expect(await shop.summed(one.id)).toBe(3)
    },
  )

  soak(
    'counts once when its process was killed as Stripe had it, and no one comes to it for two days',
    async () => {
      await one.use(3, now)
      const arrived = shop.done()
      const sender = await shop.sender()
      await arrived
      await sender.kill()
      await shop.later(48)
      expect(await shop.deliver()).toBe(1)
      expect(await shop.summed(one.id)).toBe(3)
    },
    60_000,
  )
})

it('an event that never reached Stripe is sent days later, and counts', async () => {
  await one.use(2, now)
  await one.use(1, now)
  for (const fate of ['unsent', 'unsent'] satisfies Fate[]) {
    shop.fate(fate)
    await shop.deliver()
    await shop.later(26)
  }
  expect(await shop.deliver()).toBe(1)
  expect(await shop.summed(one.id)).toBe(3)
})

it('uses of a minute wait while an event of it is in doubt, and those of other minutes go on', async () => {
  await one.use(3, now)
  shop.fate('unanswered')
  await shop.deliver()
  await one.use(5, now)
  await one.use(7, new Date(now.getTime() - MINUTE))
  await shop.later(22)
  expect(await shop.deliver()).toBe(1)
  expect(await shop.summed(one.id)).toBe(10)
  expect((await waitingOf(one.id)).map(({ kind }) => kind).sort()).toEqual([
    'meter_event',
    'metered_use',
  ])
  await shop.later(25)
  while ((await shop.deliver()) > 0);
  expect(await shop.summed(one.id)).toBe(15)
})

it('a hundred uses of one minute are one event, under any number of processes', async () => {
  await Promise.all(Array.from({ length: 100 }, () => one.use(1, now)))
  const went = await Promise.all([1, 2, 3].map(() => deliverMeterEvents(shop.clock)))
  expect(went.reduce((sum, n) => sum + n, 0)).toBe(1)
  expect(await shop.summed(one.id)).toBe(100)
})

it('where someone else reports to the meter nothing is sent again, and the operator reads what Stripe has', async () => {
  await one.use(3, now)
  shop.fate('unanswered')
  await shop.deliver()
  await report(1)
  await shop.later(25)
  expect(await shop.deliver()).toBe(0)
  expect(await shop.summed(one.id)).toBe(4)
  const minute = `${new Date(now.getTime() - MINUTE / 2).toISOString().slice(0, 16)}Z`
  expect(await waitingOf(one.id)).toMatchObject([
    {
      error: `Error: Not sent again: of ${one.id}'s exports in the minute ${minute} Stripe has 4, which is neither 0, without this event of 3, nor 3, with it. Something else reports to this meter. Make it 3 at Stripe, and this closes; make it 0, and it is sent.`,
    },
  ])
})

it('a use that is too old for Stripe is tried no more, and an operator sees whose it is until it is closed', async () => {
  await one.use(3, now)
  shop.fate('unsent')
  await shop.deliver()
  await shop.later(35 * 24)
  expect(await readHealth(12)).toMatchObject({ unmetered: false })
  expect(await shop.deliver()).toBe(1)
  expect(await shop.deliver()).toBe(0)
  expect(await shop.summed(one.id)).toBe(0)
  const minute = `${new Date(now.getTime() - MINUTE / 2).toISOString().slice(0, 16)}Z`
  const { lapsed, seen } = await readLapsedUses()
  expect(lapsed).toEqual([
    {
      ...{ customerId: one.id, eventName: 'exports' },
      ...{ uses: 3, from: minute, to: minute },
    },
  ])
  expect(await readHealth(12)).toMatchObject({ unmetered: true })
  const asked = { customerId: one.id, eventName: 'exports', seen, reason: 'Billed by hand.' }
  const ana = operatorActor(randomUUID())
  expect([await closeUses(ana, asked), await closeUses(ana, asked)]).toEqual(['first', 'repeated'])
  expect((await readLapsedUses()).lapsed).toEqual([])
  expect(await readHealth(12)).toMatchObject({ unmetered: false })
})

it('a minute in which a period ends is two events, each in its own', async () => {
  const end = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1))
  await shop.later(Math.ceil((end.getTime() - now.getTime()) / 3_600_000) + 1)
  await one.use(3, new Date(end.getTime() - 1000))
  await one.use(5, new Date(end.getTime() + 1000))
  while ((await shop.deliver()) > 0);
  expect(await shop.summed(one.id)).toBe(8)
  expect(await between(new Date(0), end)).toBe(3)
})

it('a meter that does not add up values is named, and nothing is sent again', async () => {
  await one.use(3, now)
  shop.fate('unanswered')
  await shop.deliver()
  await shop.later(25)
  await stripeClient().billing.meters.deactivate(shop.meter)
  expect(await shop.deliver()).toBe(0)
  expect(await waitingOf(one.id)).toMatchObject([
    { error: expect.stringContaining('no active meter for the event exports') },
  ])
  await stripeClient().billing.meters.reactivate(shop.meter)
  expect(await shop.deliver()).toBe(1)
  expect(await shop.summed(one.id)).toBe(3)
})

function report(value: number) {
  return stripeClient().billing.meterEvents.create({
    event_name: 'exports',
    timestamp: Math.floor(now.getTime() / 1000),
    payload: { stripe_customer_id: one.id, value: String(value) },
  })
}

async function between(start: Date, end: Date) {
  const { data } = await stripeClient().billing.meters.listEventSummaries(shop.meter, {
    customer: one.id,
    ...{ start_time: start.getTime() / 1000, end_time: end.getTime() / 1000 },
  })
  return data[0]?.aggregated_value
}

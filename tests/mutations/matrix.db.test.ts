import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { sessions } from '@/db/schema/auth'
import { openShop } from '@/lib/checkout/shop.fixture'
import { historyOf } from '@/lib/outbox/history.fixture'
import { AWAY } from '@/lib/refusals/away'
import { CARD } from '@/lib/refusals/card'
import { replaceStripeClient } from '@/lib/stripe/client'
import type { RunningSandbox } from '@/sandbox/server'
import { clientOf, FAULTS, startFaultyStripe } from './faults'
import { account, shop, visitor } from './people'
import { press } from './press'
import { currentJar } from './request'
import type { Row, Scene } from './row'
import { ROWS } from './rows'

vi.mock('next/headers', () => ({
  cookies: async () => currentJar(),
  headers: async () => new Headers({ origin: 'http://localhost:3000', host: 'localhost:3000' }),
}))
vi.mock('next/server', async (original) => ({
  ...(await original<typeof import('next/server')>()),
  after: () => {},
}))
// One request is one render: React keeps what it was told until it ends, and here it never does.
vi.mock('react', async (original) => ({
  ...(await original<typeof import('react')>()),
  cache: (read: unknown) => read,
}))

let running: RunningSandbox
let stripe: Awaited<ReturnType<typeof startFaultyStripe>>

beforeAll(async () => {
  running = await openShop()
  stripe = await startFaultyStripe(running.url)
  shop.history = historyOf(running)
})
beforeEach(() => {
  calm()
})
afterAll(async () => {
  stripe.close()
  await disconnect()
  await running.stop()
})

function calm(timeout = 8_000): void {
  stripe.fail(null)
  replaceStripeClient(clientOf(stripe.url, timeout))
}

const pressed = (row: Row, scene: Pick<Scene, 'fields'> & { who: Scene['who'] | null }) =>
  press(row, scene)

describe.each(Object.entries(ROWS))('%s', (_, row) => {
  it('pressed once is done once, and says so', async () => {
    const scene = await row.open()
    const before = await scene.stands()
    stripe.asked()
    expect(await pressed(row, scene)).toMatchObject({ to: expect.stringMatching(row.done) })
    if (row.asksNothing) expect(stripe.asked()).toBe(0)
    const stands = await scene.stands()
    expect(stands).toMatchObject(row.after)
    expect(before).not.toBe(stands)
  })

  it('pressed twice at once, by a double click or in two tabs, is done once', async () => {
    const scene = await row.open()
    const answers = await Promise.all([1, 2].map(() => pressed(row, scene)))
    const led = [row.done, row.again ?? row.done]
    const others = answers.filter(({ to }) => !led.some((one) => one.test(to)))
    expect(others.length).toBeLessThan(2)
    for (const { reason } of others) expect(row.meanwhile ?? []).toContain(reason)
    await expectOnce(row, scene)
  })

  it('pressed again from a page out of the history, or by loading it again, is done once', async () => {
    const scene = await row.open()
    await pressed(row, scene)
    const again = await pressed(row, scene)
    expect(again.to).toMatch(row.again ?? row.done)
    await expectOnce(row, scene)
  })

  it('after the session ended does nothing, says that one is signed out, and leads back', async () => {
    const scene = await row.open()
    const before = await scene.stands()
    await db().delete(sessions).where(eq(sessions.userId, scene.who.userId))
    const { to, reason } = await pressed(row, scene)
    expect(to).toContain('/sign-in?')
    expect(decodeURIComponent(to)).toContain(row.back)
    // On the way to a purchase the page says for which plan, and nothing was lost.
    expect(reason).toBe(to.includes('plan=') ? null : 'signed_out')
    expect(withoutSessions(await scene.stands())).toEqual(withoutSessions(before))
  })

  it.each([
    ['who has bought nothing', visitor],
    ['who is a customer, too', account],
  ])('pressed by someone else %s touches nothing of its owner’s', async (_who, other) => {
    const scene = await row.open()
    const before = await scene.stands()
    const { to } = await pressed(row, { ...scene, who: await other() })
    expect(to).not.toContain('unforeseen')
    expect(await scene.stands()).toEqual(before)
  })
})

const ASKING = Object.entries(ROWS).filter(([, row]) => !row.asksNothing && !row.onlyReads)

describe.each(FAULTS)('with Stripe failing: %s', (fault) => {
  it.each(ASKING)('%s', async (_, row) => {
    const scene = await row.open()
    const before = await scene.stands()
    // Real time: the SDK gives up on an answer after as long, twice.
    if (fault === 'late') calm(1_000)
    stripe.fail(fault)
    const failed = await pressed(row, scene)
    // It says what to do, and keeps what was typed.
    expect(Object.keys(fault === '402' ? CARD : AWAY)).toContain(failed.reason)
    for (const field of row.typed ?? [])
      expect(failed.typed ?? '').toContain(scene.fields[field] ?? '')
    calm()
    const stands = await scene.stands()
    if (fault !== 'lost' && fault !== 'late') expect(stands).toEqual(before)
    // Once it is back, the same form does it, once.
    const again = await pressed(row, scene)
    const led = [row.done, row.again ?? row.done]
    expect(led.some((one) => one.test(again.to)) || again).toBe(true)
    await expectOnce(row, scene)
  })
})

async function expectOnce(row: Row, scene: Scene): Promise<void> {
  const stands = await scene.stands()
  expect(stands).toMatchObject(row.after)
  const once = await row.open()
  await pressed(row, once)
  expect(stands).toEqual(await once.stands())
}

function withoutSessions(stands: unknown): unknown {
  return typeof stands === 'object' ? { ...stands, open: 0 } : stands
}

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { FREE } from '@/lib/catalog/plans'
import { CARD } from '@/lib/checkout/shop.fixture'
import * as refunds from '@/lib/stripe/refunds'
import { consume } from '@/lib/usage/consume'
import { refund as giveBack } from '@/lib/usage/refund'
import { reserve } from '@/lib/usage/reserve'
import { creditShop, pack, refundSession } from './credit-shop.fixture'
import { settleRefund } from './settle-refund'

// The real answers of Stripe, of which a test can hold one back.
vi.mock('@/lib/stripe/refunds', { spy: true })

vi.setConfig({ testTimeout: 60_000 })

const JOB = { type: 'system', job: 'outbox' } as const
// Stripe's test card whose bank refuses every refund, which it says after four days.
const REFUSES_REFUNDS = { ...CARD, number: '4000000000005126' }
const UNITS = pack().units
const ALL_BACK = { remaining: 0, takenBack: UNITS }
const THERE = { remaining: UNITS, takenBack: 0, revokedAt: null }

let world: Awaited<ReturnType<typeof creditShop>>
let me: Awaited<ReturnType<typeof world.buyer>>

beforeAll(async () => {
  world = await creditShop()
})
beforeEach(async () => {
  me = await world.buyer()
})
afterAll(() => world.stop())

/** Bought and heard of. */
async function bought() {
  const session = await me.buy(REFUSES_REFUNDS)
  await world.hear()
  return session
}

const returned = () => me.trail('credits.give_back')

describe('credits whose refund does not reach its buyer', () => {
  it('are given back as they were taken, once, whichever event says so and how often', async () => {
    const session = await bought()
    await consume(me.workspaceId, FREE.monthlyUses + 30, 'a')
    const id = await refundSession(session)
    const left = UNITS - 30
    await me.heard({ remaining: 0, takenBack: left })
    await world.pass(5)
    await me.heard({ remaining: left, takenBack: 0, revokedAt: null })
    // Each event of it once more, at once and late: what Stripe says now is what counts.
    await Promise.all(Array.from({ length: 6 }, () => settleRefund(JOB, id)))
    await world.hear()
    await settleRefund(JOB, id)
    expect(await me.grants()).toMatchObject([{ remaining: left, takenBack: 0 }])
    expect(await returned()).toMatchObject([{ actor: JOB, after: { remaining: left } }])
    expect(await consume(me.workspaceId, left, 'b')).toMatchObject({ outcome: 'allowed' })
  })

  it('are given when it is known, if they were not because their money was on its way back', async () => {
    const session = await me.buy(REFUSES_REFUNDS)
    await refundSession(session)
    await world.hear()
    expect(await me.grants()).toEqual([])
    await world.pass(5)
    await me.heard(THERE)
    expect(await me.trail()).toMatchObject([{ action: 'credits.grant' }])
  })

  it('come back with what a reservation held meanwhile, whichever of the two ends first', async () => {
    const session = await bought()
    const first = await reserve(me.workspaceId, FREE.monthlyUses + 40, 'a')
    const id = await refundSession(session)
    await me.heard({ remaining: 0, takenBack: UNITS - 40 })
    if (first.reservation) await giveBack(first.reservation)
    expect(await me.grants()).toMatchObject([ALL_BACK])
    await world.pass(5)
    await me.heard(THERE)
    const second = await reserve(me.workspaceId, FREE.monthlyUses + 40, 'b')
    await settleRefund(JOB, id)
    if (second.reservation) await giveBack(second.reservation)
    expect(await me.grants()).toMatchObject([THERE])
  })

  it('are taken back anew by a refund that is sent after the one that failed', async () => {
    const session = await bought()
    const first = await refundSession(session)
    await me.heard(ALL_BACK)
    await world.pass(5)
    await me.heard(THERE)
    await refundSession(session)
    await me.heard(ALL_BACK)
    // Late news of the first say nothing about the second.
    await settleRefund(JOB, first)
    expect(await me.grants()).toMatchObject([ALL_BACK])
  })

  it('are there in the end, also for who looked at Stripe before it failed and writes after', async () => {
    const session = await bought()
    const id = await refundSession(session)
    const look = vi.mocked(refunds.retrieveRefund)
    const real = look.getMockImplementation() ?? refunds.retrieveRefund
    look.mockImplementationOnce(async (of) => {
      look.mockReset()
      const seen = await real(of)
      await world.pass(5)
      await settleRefund(JOB, id)
      return seen
    })
    await settleRefund(JOB, id)
    expect(await me.grants()).toMatchObject([THERE])
  })
})

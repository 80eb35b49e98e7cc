import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { Unavailable } from '@/lib/errors'
import * as sessions from '@/lib/stripe/credit-sessions'
import { creditShop, pack, refundSession } from './credit-shop.fixture'
import { grantSoldCredits } from './grant'
import { settleRefund } from './settle-refund'

// The real answers of Stripe, of which a test can lose one.
vi.mock('@/lib/stripe/credit-sessions', { spy: true })

const JOB = { type: 'system', job: 'outbox' } as const

let world: Awaited<ReturnType<typeof creditShop>>
let me: Awaited<ReturnType<typeof world.buyer>>

beforeAll(async () => {
  world = await creditShop()
})
beforeEach(async () => {
  me = await world.buyer()
})
afterAll(() => world.stop())

it('credits that were given while all their money went back are taken by the next try, when the look that follows was lost', async () => {
  const id = await me.buy()
  const look = vi.mocked(sessions.retrieveCreditSale)
  const real = look.getMockImplementation() ?? sessions.retrieveCreditSale
  look.mockImplementationOnce(async (of) => {
    look.mockReset()
    const seen = await real(of)
    await settleRefund(JOB, await refundSession(id))
    look.mockImplementationOnce(() => Promise.reject(new Unavailable('stripe_away')))
    return seen
  })
  await expect(grantSoldCredits(JOB, id)).rejects.toThrow(Unavailable)
  look.mockReset()
  expect(await me.grants()).toMatchObject([{ remaining: pack().units }])
  expect(await grantSoldCredits(JOB, id)).toBe('refunded')
  expect(await grantSoldCredits(JOB, id)).toBe('refunded')
  expect(await me.grants()).toMatchObject([{ remaining: 0, takenBack: pack().units }])
  expect(await me.trail('credits.take_back')).toMatchObject([{ actor: JOB }])
})

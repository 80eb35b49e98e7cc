import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FREE } from '@/lib/catalog/plans'
import { CARD } from '@/lib/checkout/shop.fixture'
import { productionPorts } from '@/lib/sync/production-ports'
import { consume } from '@/lib/usage/consume'
import { refund } from '@/lib/usage/refund'
import { reserve } from '@/lib/usage/reserve'
import { confirmCredits } from './confirm'
import { creditShop, DAY, pack, refundSession } from './credit-shop.fixture'
import { grantSoldCredits } from './grant'
import { creditsLeft } from './left'
import { startCredits } from './start'

// A bank account whose debit goes through, and one whose debit comes back, each after four days.
const PAYS = { ...CARD, number: '4000000000009201' }
const FAILS = { ...CARD, number: '4000000000009219' }

let world: Awaited<ReturnType<typeof creditShop>>
let me: Awaited<ReturnType<typeof world.buyer>>

beforeAll(async () => {
  world = await creditShop()
})
beforeEach(async () => {
  me = await world.buyer()
})
afterAll(() => world.stop())

describe('credits that are bought', () => {
  it('are there once, when the event or the return page says so, and however often it is said again', async () => {
    const id = await me.buy()
    await world.hear()
    const { units, validMonths } = pack()
    expect(await me.grants()).toMatchObject([{ source: id, quantity: units, remaining: units }])
    expect(await grantSoldCredits(me.actor, id, me.workspaceId)).toBe('granted')
    await world.hear()
    expect(await me.grants()).toHaveLength(1)
    const [grant] = await me.grants()
    const now = await productionPorts().clock.now()
    const months = (Number(grant?.expiresAt) - now.getTime()) / (DAY * 1000 * 30.4)
    expect(Math.round(months)).toBe(validMonths)
    expect(await me.trail()).toMatchObject([
      { action: 'credits.grant', actor: { type: 'system', job: 'outbox' }, after: { source: id } },
    ])
  })

  it('are there at once for who comes back from the payment, and for no one else', async () => {
    const id = await me.buy()
    const other = await world.buyer()
    expect(await grantSoldCredits(other.actor, id, other.workspaceId)).toBe('none')
    const asks = Array.from({ length: 8 }, () => grantSoldCredits(me.actor, id, me.workspaceId))
    expect(new Set(await Promise.all(asks))).toEqual(new Set(['granted']))
    expect(await me.grants()).toHaveLength(1)
    expect(await me.trail()).toHaveLength(1)
  })

  it('are neither given nor in the way of the page for an address that is made up', async () => {
    const id = await me.buy()
    const other = await world.buyer()
    expect(await confirmCredits(other.actor, id)).toBe('none')
    for (const made of ['', 'cs_test_nothing', 'x', null, ['cs_1'], `${id}x`])
      expect(await confirmCredits(me.actor, made)).toBe('none')
    expect(await me.grants()).toEqual([])
    expect(await confirmCredits(me.actor, id)).toBe('granted')
    expect(await creditsLeft(me.workspaceId)).toBe(pack().units)
  })

  it('by a bank debit are there when the money is, and never when it comes back', async () => {
    const paid = await me.buy(PAYS)
    await world.hear()
    expect(await grantSoldCredits(me.actor, paid)).toBe('waits')
    expect(await me.grants()).toEqual([])
    await world.pass(5)
    await world.hear()
    expect(await me.grants()).toMatchObject([{ source: paid }])
    const failed = await me.buy(FAILS)
    await world.pass(10)
    await world.hear()
    expect(await grantSoldCredits(me.actor, failed)).toBe('waits')
    expect(await me.grants()).toHaveLength(1)
  })

  it('are bought on one page by fifty clicks, and again after it was paid', async () => {
    const pages = await Promise.all(
      Array.from({ length: 10 }, () => startCredits(me.actor, pack())),
    )
    expect(new Set(pages.map(({ url }) => url)).size).toBe(1)
    await me.buy()
    await me.buy()
    await world.hear()
    expect(await me.grants()).toHaveLength(2)
  })
})

describe('credits that are spent', () => {
  it('begin where the plan’s uses end, and outlast the month', async () => {
    await me.buy()
    await world.hear()
    const { monthlyUses } = FREE
    const left = pack().units
    expect(await consume(me.workspaceId, monthlyUses, 'a')).toMatchObject({ credits: left })
    expect(await consume(me.workspaceId, 3, 'b')).toMatchObject({
      outcome: 'allowed',
      used: monthlyUses,
      credits: left - 3,
    })
    await world.pass(31)
    expect(await consume(me.workspaceId, 1, 'c')).toMatchObject({ used: 1, credits: left - 3 })
  })

  it('cannot be spent when they have expired', async () => {
    await me.buy()
    await world.hear()
    await world.pass(31 * (pack().validMonths ?? 0) + 1)
    expect(await consume(me.workspaceId, FREE.monthlyUses + 1, 'a')).toMatchObject({
      outcome: 'limit_reached',
      credits: 0,
    })
  })
})

describe('credits whose money goes back', () => {
  it('are taken back as far as they are not spent, once', async () => {
    const id = await me.buy()
    await world.hear()
    await consume(me.workspaceId, FREE.monthlyUses + 30, 'a')
    await refundSession(id)
    const left = pack().units - 30
    await me.heard({ remaining: 0, takenBack: left })
    await world.hear()
    expect((await me.trail()).filter(({ action }) => action === 'credits.take_back')).toMatchObject(
      [{ after: { remaining: 0, takenBack: left } }],
    )
  })

  it('in part stay, until the rest of it goes back, too', async () => {
    const id = await me.buy()
    await world.hear()
    await refundSession(id, 100)
    await world.hear()
    expect(await me.grants()).toMatchObject([{ remaining: pack().units }])
    await refundSession(id)
    await me.heard({ remaining: 0, takenBack: pack().units })
  })

  it('before they were given are never given', async () => {
    const id = await me.buy()
    await refundSession(id)
    await world.hear()
    expect(await grantSoldCredits(me.actor, id)).toBe('refunded')
    expect(await me.grants()).toEqual([])
  })

  it('take along what a reservation still gives back', async () => {
    const id = await me.buy()
    await world.hear()
    const { reservation } = await reserve(me.workspaceId, FREE.monthlyUses + 40, 'a')
    await refundSession(id)
    await me.heard({ remaining: 0, takenBack: pack().units - 40 })
    if (reservation) expect(await refund(reservation)).toBe('refunded')
    expect(await me.grants()).toMatchObject([{ remaining: 0, takenBack: pack().units }])
  })
})

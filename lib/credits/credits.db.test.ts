import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET as backfill } from '@/app/api/cron/backfill/route'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { usageCredits } from '@/db/schema/usage'
import { CREDIT_PACKS, type CreditPack } from '@/lib/catalog/credit-packs'
import { FREE } from '@/lib/catalog/plans'
import { CARD, openShop, shopper } from '@/lib/checkout/shop.fixture'
import { env } from '@/lib/env'
import { parseCheckoutSessionId, parseCustomerId } from '@/lib/ids'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { consume } from '@/lib/usage/consume'
import { refund } from '@/lib/usage/refund'
import { reserve } from '@/lib/usage/reserve'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import type { RunningSandbox } from '@/sandbox/server'
import { confirmCredits } from './confirm'
import { grantSoldCredits } from './grant'
import { creditsLeft } from './left'
import { startCredits } from './start'

// A bank account whose debit goes through, and one whose debit comes back, each after four days.
const PAYS = { ...CARD, number: '4000000000009201' }
const FAILS = { ...CARD, number: '4000000000009219' }
const DAY = 86_400

let shop: RunningSandbox
let me: Awaited<ReturnType<typeof shopper>>

beforeAll(async () => {
  shop = await openShop()
})
beforeEach(async () => {
  me = await shopper()
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

function pack(): CreditPack {
  const [first] = CREDIT_PACKS
  if (!first) throw new Error('The catalog sells no credits.')
  return first
}

async function customer() {
  return parseCustomerId(await findCustomerId(me.workspaceId))
}

/** Opens the page and pays on it; the session's id. */
async function buy(card = CARD) {
  await startCredits(me.actor, pack())
  const { data } = await stripeClient().checkout.sessions.list({
    customer: await customer(),
    status: 'open',
  })
  const id = parseCheckoutSessionId(data[0]?.id)
  await payCheckout(shop.sandbox, id, card)
  return id
}

async function pass(days: number) {
  await fetch(new URL('/_sandbox/clock', shop.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: days * DAY }),
  })
}

/** Hears of what happened at Stripe, and does what is due. */
async function hear() {
  await pass(0.1)
  const headers = { authorization: `Bearer ${env().cronSecret}` }
  await backfill(new Request('http://localhost:3000/api/cron', { headers }))
  await deliverOutbox(productionPorts().clock)
}

/** A charge that was looked at a moment ago is not looked at again at once: until what it tells is there. */
async function heard(grant: Partial<typeof usageCredits.$inferSelect>) {
  const look = async () => {
    await hear()
    expect(await grants()).toMatchObject([grant])
  }
  await vi.waitFor(look, { timeout: 20_000 })
}

const grants = () =>
  db()
    .select()
    .from(usageCredits)
    .where(eq(usageCredits.workspaceId, me.workspaceId))
    .orderBy(usageCredits.grantedAt)

const trail = async () =>
  (await listAudit(await customer()))
    .map(({ action, actor, after }) => ({ action, actor, after }))
    .filter(({ action }) => action.startsWith('credits.'))

async function refundAll(id: string, amount?: number) {
  const { payment_intent } = await stripeClient().checkout.sessions.retrieve(id)
  await stripeClient().refunds.create({
    payment_intent: String(payment_intent),
    ...(amount ? { amount } : {}),
  })
}

describe('credits that are bought', () => {
  it('are there once, when the event or the return page says so, and whoever says it again', async () => {
    const id = await buy()
    await hear()
    const { units, validMonths } = pack()
    expect(await grants()).toMatchObject([{ source: id, quantity: units, remaining: units }])
    expect(await grantSoldCredits(me.actor, id, me.workspaceId)).toBe('granted')
    await hear()
    expect(await grants()).toHaveLength(1)
    const [grant] = await grants()
    const now = await productionPorts().clock.now()
    const months = (Number(grant?.expiresAt) - now.getTime()) / (DAY * 1000 * 30.4)
    expect(Math.round(months)).toBe(validMonths)
    expect(await trail()).toMatchObject([
      { action: 'credits.grant', actor: { type: 'system', job: 'outbox' }, after: { source: id } },
    ])
  })

  it('are there at once for who comes back from the payment, and for no one else', async () => {
    const id = await buy()
    const other = await shopper()
    expect(await grantSoldCredits(other.actor, id, other.workspaceId)).toBe('none')
    const asks = Array.from({ length: 8 }, () => grantSoldCredits(me.actor, id, me.workspaceId))
    expect(new Set(await Promise.all(asks))).toEqual(new Set(['granted']))
    expect(await grants()).toHaveLength(1)
    expect(await trail()).toHaveLength(1)
  })

  it('are neither given nor in the way of the page for an address that is made up', async () => {
    const id = await buy()
    const other = await shopper()
    expect(await confirmCredits(other.actor, id)).toBe('none')
    for (const made of ['', 'cs_test_nothing', 'x', null, ['cs_1'], `${id}x`])
      expect(await confirmCredits(me.actor, made)).toBe('none')
    expect(await grants()).toEqual([])
    expect(await confirmCredits(me.actor, id)).toBe('granted')
    expect(await creditsLeft(me.workspaceId)).toBe(pack().units)
  })

  it('by a bank debit are there when the money is, and never when it comes back', async () => {
    const paid = await buy(PAYS)
    await hear()
    expect(await grantSoldCredits(me.actor, paid)).toBe('waits')
    expect(await grants()).toEqual([])
    await pass(5)
    await hear()
    expect(await grants()).toMatchObject([{ source: paid }])
    const failed = await buy(FAILS)
    await pass(10)
    await hear()
    expect(await grantSoldCredits(me.actor, failed)).toBe('waits')
    expect(await grants()).toHaveLength(1)
  })

  it('are bought on one page by fifty clicks, and again after it was paid', async () => {
    const pages = await Promise.all(
      Array.from({ length: 10 }, () => startCredits(me.actor, pack())),
    )
    expect(new Set(pages.map(({ url }) => url)).size).toBe(1)
    await buy()
    await buy()
    await hear()
    expect(await grants()).toHaveLength(2)
  })
})

describe('credits that are spent', () => {
  it('begin where the plan’s uses end, and outlast the month', async () => {
    await buy()
    await hear()
    const { monthlyUses } = FREE
    const left = pack().units
    expect(await consume(me.workspaceId, monthlyUses, 'a')).toMatchObject({ credits: left })
    expect(await consume(me.workspaceId, 3, 'b')).toMatchObject({
      outcome: 'allowed',
      used: monthlyUses,
      credits: left - 3,
    })
    await pass(31)
    expect(await consume(me.workspaceId, 1, 'c')).toMatchObject({ used: 1, credits: left - 3 })
  })

  it('cannot be spent when they have expired', async () => {
    await buy()
    await hear()
    await pass(31 * (pack().validMonths ?? 0) + 1)
    expect(await consume(me.workspaceId, FREE.monthlyUses + 1, 'a')).toMatchObject({
      outcome: 'limit_reached',
      credits: 0,
    })
  })
})

describe('credits whose money goes back', () => {
  it('are taken back as far as they are not spent, once', async () => {
    const id = await buy()
    await hear()
    await consume(me.workspaceId, FREE.monthlyUses + 30, 'a')
    await refundAll(id)
    const left = pack().units - 30
    await heard({ remaining: 0, takenBack: left })
    await hear()
    expect((await trail()).filter(({ action }) => action === 'credits.take_back')).toMatchObject([
      { after: { remaining: 0, takenBack: left } },
    ])
  })

  it('in part stay, until the rest of it goes back, too', async () => {
    const id = await buy()
    await hear()
    await refundAll(id, 100)
    await hear()
    expect(await grants()).toMatchObject([{ remaining: pack().units }])
    await refundAll(id)
    await heard({ remaining: 0, takenBack: pack().units })
  })

  it('before they were given are never given', async () => {
    const id = await buy()
    await refundAll(id)
    await hear()
    expect(await grantSoldCredits(me.actor, id)).toBe('refunded')
    expect(await grants()).toEqual([])
  })

  it('take along what a reservation still gives back', async () => {
    const id = await buy()
    await hear()
    const { reservation } = await reserve(me.workspaceId, FREE.monthlyUses + 40, 'a')
    await refundAll(id)
    await heard({ remaining: 0, takenBack: pack().units - 40 })
    if (reservation) expect(await refund(reservation)).toBe('refunded')
    expect(await grants()).toMatchObject([{ remaining: 0, takenBack: pack().units }])
  })
})

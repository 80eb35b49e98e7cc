import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { trials } from '@/db/schema/trials'
import { memberships } from '@/db/schema/workspaces'
import { userActor } from '@/lib/audit/actor'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { TRIAL_POLICY } from '@/lib/catalog/trial-policy'
import { parseCustomerId } from '@/lib/ids'
import { deliverTrials } from '@/lib/outbox/deliver-trials'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { readTrialOffer } from '@/lib/trials/offered'
import { aTeam } from '@/lib/workspaces/someone.fixture'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { completeWithoutCard } from '@/sandbox/lifecycle/checkout/pay-nothing'
import { CARD, shopper } from './shop.fixture'
import { shopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

const PRO = { tier: SMALL, interval: 'month' } as const

const shop = shopForFile()
let me: Awaited<ReturnType<typeof shopper>>
// Each test has a card of its own, so that none has had a trial in another test.
let cards = 0

beforeAll(async () => {
  Object.assign(PLANS[SMALL], { trialDays: 14 })
})
beforeEach(async () => {
  me = await shopper()
  cards += 1
})
afterAll(() => {
  Reflect.deleteProperty(PLANS[SMALL], 'trialDays')
})

describe('a plan with a trial', () => {
  it('begins with it for a person who never had one, and both are noted with their audit row', async () => {
    const id = await begin()
    expect(await status(id)).toBe('trialing')
    expect(await noted(id)).toEqual([
      { kind: 'card', subject: expect.any(String) },
      { kind: 'person', subject: me.userId },
    ])
    expect(await actions()).toContain('trial.note')
  })

  it('is sold without it to a person who had one, in this workspace or in another of theirs', async () => {
    const id = await begin()
    await stripeClient().subscriptions.cancel(id)
    expect(await open()).toMatchObject({ amount_total: 1900 })
    const team = await aTeam('Ana & Co.', me.userId)
    me = { ...me, workspaceId: team, actor: userActor(me.userId, team) }
    expect(await readTrialOffer(team)).toBeNull()
    expect(await open()).toMatchObject({ amount_total: 1900 })
  })

  it('is sold without it to a team of which one person had one, even before the ledger has it', async () => {
    const session = await open()
    await pay(session.id)
    await sync()
    const friend = await shopper()
    const team = await aTeam('Friends', friend.userId)
    await db().insert(memberships).values({ workspaceId: team, userId: me.userId, role: 'member' })
    expect(await readTrialOffer(team)).toBeNull()
    me = { ...friend, workspaceId: team, actor: userActor(friend.userId, team) }
    expect(await open()).toMatchObject({ amount_total: 1900 })
  })

  it('is sold without it to a customer who has left a card that had one', async () => {
    await begin(VISA)
    me = await shopper()
    const before = await open()
    expect(before.amount_total).toBe(0)
    await stripeClient().paymentMethods.attach('pm_card_visa', { customer: await customer() })
    const after = await open()
    expect(after).toMatchObject({ amount_total: 1900 })
    expect(after.url).not.toBe(before.url)
  })

  it('an open page with a trial is closed once the trial was had elsewhere', async () => {
    const team = await aTeam('Mine', me.userId)
    const mine = me
    me = { ...me, workspaceId: team, actor: userActor(me.userId, team) }
    const first = await open()
    expect(first.amount_total).toBe(0)
    const theirs = me
    me = mine
    await begin()
    me = theirs
    const second = await open()
    expect(second).toMatchObject({ amount_total: 1900 })
    expect((await stripeClient().checkout.sessions.retrieve(first.id)).status).toBe('expired')
  })
})

describe('a card that is typed at Checkout and had a trial before', () => {
  it('ends the trial at once, charges the first period, and says so in the trail once', async () => {
    await begin()
    me = await shopper()
    const id = await begin()
    expect(await status(id)).toBe('active')
    const invoices = await stripeClient().invoices.list({ subscription: id, status: 'paid' })
    expect(invoices.data.map(({ amount_paid: paid }) => paid)).toEqual([1900, 0])
    await deliverTrials()
    expect((await actions()).filter((each) => each === 'trial.end')).toHaveLength(1)
  })

  it('keeps it where the policy allows that', async () => {
    await begin()
    me = await shopper()
    const id = await during({ again: 'allow' }, () => begin())
    expect(await status(id)).toBe('trialing')
    expect(await actions()).not.toContain('trial.end')
  })

  it('keeps one that an operator gave', async () => {
    await begin(VISA)
    me = await shopper()
    await open()
    const method = await stripeClient().paymentMethods.attach('pm_card_visa', {
      customer: await customer(),
    })
    const prices = await stripeClient().prices.list({
      lookup_keys: [PLANS[SMALL].lookupKeys.month],
    })
    const given = await stripeClient().subscriptions.create({
      customer: await customer(),
      items: [{ price: prices.data[0]?.id ?? '' }],
      default_payment_method: method.id,
      trial_period_days: 30,
    })
    await sync()
    await deliverTrials()
    expect(await status(given.id)).toBe('trialing')
  })
})

describe('a trial without a card', () => {
  it.each(['pause', 'cancel'] as const)('begins with none, and its end is to %s', async (what) => {
    Object.assign(PLANS[SMALL], { trialWithoutCard: what })
    try {
      const session = await open()
      expect(session.payment_method_collection).toBe('if_required')
      await completeWithoutCard(shop.sandbox, session.id)
      const { data } = await stripeClient().subscriptions.list({ customer: await customer() })
      expect(data[0]?.trial_settings?.end_behavior.missing_payment_method).toBe(what)
      expect(data[0]?.default_payment_method).toBeNull()
    } finally {
      Reflect.deleteProperty(PLANS[SMALL], 'trialWithoutCard')
    }
  })
})

// The number of pm_card_visa.
const VISA = '4242424242424242'

/** A number that was in no test before, with the check digit that a card form asks for. */
function mine(): string {
  const digits = `5555555${String(cards).padStart(8, '0')}`
  const sum = [...digits].reduce((total, digit, at) => {
    const twice = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (twice > 9 ? twice - 9 : twice)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** A paid checkout with its trial in the ledger; the subscription's id. */
async function begin(number = mine()): Promise<string> {
  const session = await open()
  await pay(session.id, number)
  await sync()
  await deliverTrials()
  await sync()
  const { data } = await stripeClient().subscriptions.list({ customer: await customer() })
  return data[0]?.id ?? ''
}

async function pay(id: string, number = mine()) {
  const result = await payCheckout(shop.sandbox, id, { ...CARD, number })
  expect(result.kind).toBe('complete')
}

async function open() {
  const answer = await startCheckout(me.actor, PRO)
  if (answer.kind !== 'checkout') throw new Error(`Expected a checkout, got ${answer.kind}.`)
  const id = answer.url.split('/').at(-1) ?? ''
  return stripeClient().checkout.sessions.retrieve(id)
}

async function sync() {
  await syncCustomer(productionPorts(), await customer(), me.actor, {})
}

async function status(id: string) {
  return (await stripeClient().subscriptions.retrieve(id)).status
}

function noted(id: string) {
  return db()
    .select({ kind: trials.kind, subject: trials.subject })
    .from(trials)
    .where(eq(trials.subscriptionId, id as `sub_${string}`))
    .orderBy(trials.kind)
}

async function actions() {
  return (await listAudit(await customer())).map(({ action }) => action)
}

async function customer() {
  return parseCustomerId(await findCustomerId(me.workspaceId))
}

async function during<T>(change: Partial<typeof TRIAL_POLICY>, work: () => Promise<T>): Promise<T> {
  const before = { ...TRIAL_POLICY }
  Object.assign(TRIAL_POLICY, change)
  try {
    return await work()
  } finally {
    Object.assign(TRIAL_POLICY, before)
  }
}

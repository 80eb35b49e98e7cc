import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { listProblems } from '@/db/queries/customer-problems'
import { findCustomerId, insertCustomer } from '@/db/queries/customers'
import { readHealth } from '@/db/queries/health'
import { customers } from '@/db/schema/billing'
import { outbox } from '@/db/schema/events'
import { userActor } from '@/lib/audit/actor'
import { BRAND } from '@/lib/brand'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { Conflict } from '@/lib/errors'
import { judge } from '@/lib/health/judge'
import { customerProblemEmails } from '@/lib/mail/customer-problem-emails'
import { openPortal } from '@/lib/portal/open'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { PARKED_AFTER } from '@/lib/sync/parked'
import { syncCustomer } from '@/lib/sync/sync-customer'
import {
  dailyScan,
  due,
  JOB,
  known,
  madeByHand,
  namedFor,
  tierOf,
  unknownId,
} from './by-hand.fixture'
import { retireCustomer } from './retire'

const PRO = { tier: SMALL, interval: 'month' } as const

shopForFile()

// A database that was moved to another account of Stripe, or whose test data there was wiped.
async function wiped() {
  const { workspaceId, actor } = await shopper()
  const id = unknownId()
  await db().transaction((tx) => insertCustomer(tx, { id, workspaceId, livemode: false }))
  return { workspaceId, actor, id, ...known(id) }
}

describe('a customer that Stripe does not have', () => {
  it('is done with one read: noted, reported to operators, and not tried again', async () => {
    const one = await wiped()
    await one.hear('invoice.paid')
    await one.hear()
    expect(await one.target()).toMatchObject({ attempts: 0, lastError: null, leaseUntil: null })
    const target = await one.target()
    expect(target?.dirtySeq).toBe(target?.syncedSeq)
    expect(await one.row()).toMatchObject({ missingAt: expect.any(Date), deletedAt: null })
    expect((await one.trail()).filter((action) => action === 'customer.miss')).toHaveLength(1)
    expect((await listProblems(one.id)).map(({ id }) => id)).toEqual([one.id])
  })

  it('is reported once a day, in one email for all of them', async () => {
    const [one, two] = [await wiped(), await wiped()]
    await one.hear()
    await two.hear()
    const sent = await db().select().from(outbox).where(eq(outbox.kind, 'notification'))
    expect(sent.filter(({ payload }) => payload.kind === 'customer.miss')).toHaveLength(1)
    const about = { kind: 'customer.miss', customerId: one.id }
    const [email, ...more] = await customerProblemEmails(about, ['ops@example.test'])
    expect(more).toEqual([])
    expect(email?.text).toContain('Is STRIPE_SECRET_KEY of the right account?')
    expect(email?.text).toMatch(/The same is true of \d+ more/)
  })

  it('is done with one read, too, when our records have never had it', async () => {
    const id = unknownId()
    await known(id).hear('customer.subscription.updated')
    expect(await known(id).row()).toMatchObject({ workspaceId: null, missingAt: expect.any(Date) })
  })

  it('is not asked for by the daily scan again, and does not stop it', async () => {
    const one = await oneCustomer()
    one.stripe.show(one.snapshot())
    await syncCustomer(one.ports, one.customerId, JOB)
    const missing = await dailyScan()
    expect(missing).toMatchObject({ missing: 1, drifted: 1, complete: true })
    await due()
    expect(await known(one.customerId).row()).toMatchObject({ missingAt: expect.any(Date) })
    const before = await listAudit(one.customerId)
    expect(await dailyScan()).toMatchObject({ missing: 0, drifted: 0, complete: true })
    expect(await listAudit(one.customerId)).toEqual(before)
  })
})

describe('a plan of a customer that Stripe does not have', () => {
  let one: Awaited<ReturnType<typeof oneCustomer>>
  let paid: ReturnType<typeof one.snapshot>
  beforeEach(async () => {
    one = await oneCustomer()
    paid = one.snapshot()
    one.stripe.show(paid)
    await syncCustomer(one.ports, one.customerId, JOB)
    one.stripe.show()
    // The scripted Stripe does not have this customer.
    await syncCustomer(one.ports, one.customerId, JOB)
  })
  const health = async () => {
    const facts = await readHealth(PARKED_AFTER)
    if (!facts) throw new Error('The tables are not there.')
    const off = { drain: null, backfill: null, reconcile: null, anchor: null, prune: null }
    const records = { kind: 'facts', facts, writes: true } as const
    const signs = { records, redis: true, refused: false }
    return judge(signs, off).checks.customers
  }
  const actor = () => userActor(one.userId, one.workspaceId)

  // breakage: STRIPE_SECRET_KEY is another account's, and a customer is read with it | what was paid for goes on; operators get one email, health is bad, and nothing is tried again until an operator looks
  it('does not end: the key may be another account’s, and with the right one all is as before', async () => {
    expect((await one.entitlement())?.tier).toBe(SMALL)
    expect(await known(one.customerId).row()).toMatchObject({ missingAt: expect.any(Date) })

    one.stripe.show(paid)
    one.stripe.know(one.customerId, {
      app: BRAND.stripe.app,
      env: 'test',
      workspaceId: one.workspaceId,
      userId: null,
    })
    await syncCustomer(one.ports, one.customerId, JOB)
    expect(await known(one.customerId).row()).toMatchObject({ missingAt: null, deletedAt: null })
    expect(await known(one.customerId).trail()).toEqual([
      'subscription.start',
      'customer.miss',
      'customer.find',
    ])
  })

  // breakage: Stripe does not have a customer who has a plan | the plan goes on until what was paid for is over; /api/health is 503 with customers failed, until it is found or given up
  it('makes the health bad until an operator has looked', async () => {
    expect(await health()).toBe('failed')
    await db().update(customers).set({ deletedAt: new Date() })
    expect(await health()).toBe('ok')
  })

  it('keeps its user from buying a second one, and says why', async () => {
    await expect(startCheckout(actor(), PRO)).rejects.toMatchObject({ reason: 'customer_missing' })
    await expect(openPortal(actor())).rejects.toMatchObject({ reason: 'customer_missing' })
    expect((await one.entitlement())?.tier).toBe(SMALL)
  })

  it('ends when an operator gives the customer up, by name and with a reason', async () => {
    const reason = 'The account was closed.'
    await retireCustomer(JOB, one.customerId, { reason, endsPlans: true })
    await syncCustomer(one.ports, one.customerId, JOB)
    expect((await one.entitlement())?.tier).toBe('free')
    expect(await listAudit(one.customerId)).toContainEqual(
      expect.objectContaining({
        action: 'customer.retire',
        actor: JOB,
        after: { customer: one.customerId, reason },
      }),
    )
    await expect(openPortal(actor())).rejects.toMatchObject({ reason: 'customer_deleted' })
    await startCheckout(actor(), PRO)
    expect(await findCustomerId(one.workspaceId)).not.toBe(one.customerId)
  })
})

describe('a user whose customer Stripe does not have, and on which nothing hangs', () => {
  it('gets a new one with the next purchase', async () => {
    const one = await wiped()
    expect(await startCheckout(one.actor, PRO)).toMatchObject({ kind: 'checkout' })
    expect(await one.trail()).toEqual(['checkout.start', 'customer.miss', 'customer.retire'])
    expect(await findCustomerId(one.workspaceId)).not.toBe(one.id)
    expect(await db().$count(customers, eq(customers.workspaceId, one.workspaceId))).toBe(2)
  })
})

it('a customer that Stripe has cannot be given up here', async () => {
  const { workspaceId } = await shopper()
  const made = await madeByHand(namedFor(workspaceId))
  await made.hear()
  const giveUp = retireCustomer(JOB, made.id, { reason: 'By mistake.', endsPlans: true })
  await expect(giveUp).rejects.toThrow(Conflict)
  expect(await tierOf(workspaceId)).toBe(SMALL)
})

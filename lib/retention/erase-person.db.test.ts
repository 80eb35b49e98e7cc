import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomer } from '@/db/queries/customers'
import { findSubject } from '@/db/queries/erase'
import { sessions, users } from '@/db/schema/auth'
import { subscriptions } from '@/db/schema/billing'
import { billingFacts, outbox } from '@/db/schema/events'
import { verifyAudit } from '@/lib/audit/verify'
import { authAdapter } from '@/lib/auth/adapter'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { buyer, due } from '@/lib/customers/by-hand.fixture'
import { changeDetails } from '@/lib/customers/change-details'
import { Conflict, Invalid } from '@/lib/errors'
import { enqueueMail } from '@/lib/mail/enqueue'
import { renderEmail } from '@/lib/mail/render'
import { deliver, newsOf, settle } from '@/lib/reconcile/subscribers.fixture'
import { listOpenCheckoutSessions } from '@/lib/stripe/checkout-sessions'
import { stripeClient } from '@/lib/stripe/client'
import { someone } from '@/lib/workspaces/someone.fixture'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { erasePerson } from './erase-person'

const JOB = { type: 'system', job: 'person.erase by root' } as const
const WHY = { reason: 'On request.', atStripe: 'keep' } as const

const shop = shopForFile()
let news: () => object[]

// Words that are nowhere else: where one of them stands, something of this person was kept.
let canary: { email: string; old: string; name: string }
let me: Awaited<ReturnType<typeof buyer>>

beforeEach(async () => {
  news = newsOf(shop)
  const n = randomUUID().slice(0, 8)
  canary = { email: `canary-${n}@example.test`, old: `old-${n}@example.test`, name: `Canary ${n}` }
  me = await buyer()
  await changeDetails(me.actor, me.userId, { email: canary.old, name: canary.name })
  await liveALife()
})

// Everything that leaves something of a person behind: a plan that was paid and has ended, payloads,
// emails to an old address and a new one, links, sessions, another site's account.
async function liveALife(): Promise<void> {
  const stripe = stripeClient()
  await stripe.customers.update(me.id, { email: canary.old, name: canary.name })
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: me.id })
  const sold = await stripe.subscriptions.create({
    customer: me.id,
    items: [{ price: await priceForTier(SMALL, 'month') }],
    default_payment_method: card.id,
  })
  await stripe.subscriptions.cancel(sold.id)
  for (const event of news()) await deliver(event)
  await settle()
  const notification = `notification:invoice.payment_failed:in_${me.userId}:1`
  const payload = { kind: 'x', objectId: 'in_1', customerId: me.id }
  await db()
    .insert(outbox)
    .values({ key: notification, kind: 'notification', targetKey: me.id, payload })
  await write(`mail:${notification}:owner:${me.userId}`, canary.old)
  await changeDetails(me.actor, me.userId, { email: canary.email })
  await write(`sign_in:${randomUUID()}`, canary.email)
  const expires = new Date(Date.now() + 60_000)
  const people = authAdapter()
  await people.createVerificationToken?.({ identifier: canary.email, token: 'hash', expires })
  await db().insert(sessions).values({ tokenHash: randomUUID(), userId: me.userId, expires })
}

function write(key: string, to: string): Promise<void> {
  const link = { label: 'See', url: 'https://app.example' }
  return enqueueMail(db(), key, renderEmail({ to, subject: canary.name, paragraphs: [to], link }))
}

// Every row of every table as text: a column that is added later is searched, too.
async function kept(): Promise<string[]> {
  const tables = await db().execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = 'public'`)
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await db().execute<{ row: string }>(
      sql`select t::text as row from ${sql.identifier(name)} t`,
    )
    const words = Object.values(canary)
    if ([...rows].some(({ row }) => words.some((word) => row.includes(word)))) found.push(name)
  }
  return found.sort()
}

async function subject() {
  const found = await findSubject({ email: canary.email })
  if (!found) throw new Error('There is no person to erase.')
  return found
}

describe('a person who is erased on request', () => {
  it('leaves no word of themselves in any table, while what was billed stays and the trail verifies', async () => {
    expect(await kept()).toEqual(['outbox', 'users', 'verification_tokens', 'webhook_events'])
    const facts = await db().$count(billingFacts, eq(billingFacts.customerId, me.id))
    const trail = await listAudit(me.id)

    const erased = await erasePerson(JOB, await subject(), WHY)
    expect(erased).toMatchObject({ userId: me.userId, customers: [me.id], mails: 2, links: 1 })
    expect(erased.payloads).toBeGreaterThan(3)
    expect(await kept()).toEqual([])

    expect(await db().$count(users, eq(users.id, me.userId))).toBe(0)
    expect(await db().$count(sessions, eq(sessions.userId, me.userId))).toBe(0)
    expect(await findCustomer(me.id)).toMatchObject({
      workspaceId: null,
      erasedAt: expect.any(Date),
    })
    expect(await db().$count(subscriptions, eq(subscriptions.customerId, me.id))).toBe(1)
    expect(await db().$count(billingFacts, eq(billingFacts.customerId, me.id))).toBe(facts)
    const after = await listAudit(me.id)
    expect(after.slice(0, trail.length)).toEqual(trail)
    expect(after.at(-1)).toMatchObject({ action: 'person.erase', actor: JOB, after: WHY })
    expect((await verifyAudit()).faults).toEqual([])
  })

  it('is written to no more, neither now nor when Stripe sends an event of their customer again', async () => {
    await erasePerson(JOB, await subject(), { ...WHY, atStripe: 'delete' })
    for (const event of news()) await deliver(event)
    await settle()
    expect(await kept()).toEqual([])
    const mails = await db().select().from(outbox).where(eq(outbox.kind, 'mail'))
    expect(mails.filter(({ deliveredAt }) => deliveredAt === null)).toEqual([])
    expect(await findCustomer(me.id)).toMatchObject({ workspaceId: null, conflict: null })
  })

  it.each([
    ['keep', { email: 'canary', deleted: undefined }],
    ['redact', { email: null, deleted: undefined }],
    ['delete', { email: undefined, deleted: true }],
  ] as const)('has their customer at Stripe treated as is said: %s', async (atStripe, expected) => {
    await stripeClient().customers.update(me.id, { email: 'canary' })
    await erasePerson(JOB, await subject(), { ...WHY, atStripe })
    const customer = await stripeClient().customers.retrieve(me.id)
    const { email, deleted } = { email: undefined, deleted: undefined, ...customer }
    expect({ email: email || (email === '' ? null : email), deleted }).toEqual(expected)
  })

  it('can be erased again after it died in the middle', async () => {
    const person = await subject()
    await stripeClient().customers.del(me.id)
    await erasePerson(JOB, person, { ...WHY, atStripe: 'delete' })
    expect(await kept()).toEqual([])
    await expect(findSubject({ email: canary.email })).resolves.toBeNull()
  })

  it('cannot pay any more on a page that was still open', async () => {
    await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
    expect(await listOpenCheckoutSessions(me.id)).toHaveLength(1)
    await erasePerson(JOB, await subject(), WHY)
    expect(await listOpenCheckoutSessions(me.id)).toEqual([])
  })

  it('may come back later as a new user', async () => {
    await erasePerson(JOB, await subject(), WHY)
    await due()
    await someone({ email: canary.email })
    expect(await findCustomer(me.id)).toMatchObject({ workspaceId: null })
  })
})

it('an address that only ever asked for a link is erased, too', async () => {
  const email = `asked-${randomUUID()}@example.test`
  await write(`sign_in:${randomUUID()}`, email)
  canary = { ...canary, email, old: email, name: email }
  expect(await kept()).toEqual(['outbox'])
  await erasePerson(JOB, { userId: null, email }, WHY)
  expect(await kept()).toEqual([])
})

describe('a person who pays', () => {
  async function pays(metadata: Record<string, string>): Promise<string> {
    const card = await stripeClient().paymentMethods.attach('pm_card_visa', { customer: me.id })
    const { id } = await stripeClient().subscriptions.create({
      customer: me.id,
      items: [{ price: await priceForTier(SMALL, 'month') }],
      default_payment_method: card.id,
      metadata,
    })
    return id
  }

  it.each(WITHOUT_SOAKS ? (['delete'] as const) : (['keep', 'redact', 'delete'] as const))(
    'is not erased, with what has to end first, and nothing is touched: %s',
    async (atStripe) => {
      const living = await pays({})
      const refused = erasePerson(JOB, await subject(), { ...WHY, atStripe })
      await expect(refused).rejects.toThrow(Conflict)
      await expect(refused).rejects.toThrow(`${living} of ${me.id} is active.`)
      expect(await kept()).toContain('users')
      expect(await stripeClient().customers.retrieve(me.id)).toMatchObject({ name: canary.name })
    },
  )

  it('for another application on the same account is erased here, and their customer is left alone', async () => {
    await pays({ app: 'othershop' })
    const person = await subject()
    await expect(erasePerson(JOB, person, { ...WHY, atStripe: 'delete' })).rejects.toThrow(Conflict)
    await erasePerson(JOB, person, WHY)
    expect(await kept()).toEqual([])
  })
})

it('no person is erased without a reason', async () => {
  await expect(erasePerson(JOB, await subject(), { ...WHY, reason: ' ' })).rejects.toThrow(Invalid)
  expect(await kept()).toContain('users')
})

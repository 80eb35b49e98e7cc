import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asApplicationRole } from '@/db/application-role.fixture'
import { db, disconnect } from '@/db/client'
import { grantApplication } from '@/db/grant'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { readHealth } from '@/db/queries/health'
import { upsertHeartbeat } from '@/db/queries/heartbeats'
import { anchorAudit } from '@/lib/audit/anchor'
import { verifyAudit } from '@/lib/audit/verify'
import { authAdapter } from '@/lib/auth/adapter'
import { isKnownNetwork, rememberNetwork } from '@/lib/auth/known-network'
import { openAccount } from '@/lib/auth/open-account'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { openShop, shopper } from '@/lib/checkout/shop.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { realClock } from '@/lib/clock'
import { deliverMail } from '@/lib/mail/deliver'
import { enqueueMail } from '@/lib/mail/enqueue'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { backfillEvents } from '@/lib/reconcile/backfill'
import { backfillPorts, driftPorts } from '@/lib/reconcile/production-ports'
import { recordDrift } from '@/lib/reconcile/record-drift'
import { scanDrift } from '@/lib/reconcile/scan-drift'
import { UNPACED } from '@/lib/reconcile/subscribers.fixture'
import { drain } from '@/lib/sync/drain'
import { drainTarget } from '@/lib/sync/drain-target'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { replayEvent } from '@/lib/webhooks/replay'
import type { RunningSandbox } from '@/sandbox/server'

const FORBIDDEN = [
  ['update audit_log', "update audit_log set action = 'x.y'"],
  ['delete from audit_log', 'delete from audit_log'],
  ['truncate audit_log', 'truncate audit_log'],
  ['insert into audit_log', 'insert into audit_log select * from audit_log'],
  ['change a head', "update audit_heads set hash = 'x'"],
  ['delete a head', 'delete from audit_heads'],
  ['update billing_facts', "update billing_facts set kind = 'x'"],
  ['delete from billing_facts', 'delete from billing_facts'],
  ['truncate billing_facts', 'truncate billing_facts'],
  ['delete from webhook_events', 'delete from webhook_events'],
  ['change what Stripe said', "update webhook_events set payload = '{}'"],
  ['change which event it was', "update webhook_events set type = 'x'"],
  ['delete from subscriptions', 'delete from subscriptions'],
  ['delete from customers', 'delete from customers'],
  ['change a root', "update audit_anchors set root = 'x'"],
  ['delete an anchor', 'delete from audit_anchors'],
  [
    'forge an anchor',
    "insert into audit_anchors (day, root, scopes) values ('2030-01-01', 'x', 0)",
  ],
  ['change an anchored head', "update audit_anchor_heads set hash = 'x'"],
  ['delete an anchored head', 'delete from audit_anchor_heads'],
  ['forget a migration', 'delete from drizzle.__drizzle_migrations'],
  ['call itself a replica', 'set session_replication_role = replica'],
  ['switch a trigger off', 'alter table audit_log disable trigger audit_log_append_only'],
  ['create a table', 'create table mine (id text)'],
  ['create a temporary table', 'create temporary table mine (id text)'],
  ['create a schema', 'create schema mine'],
  ['drop a table', 'drop table audit_log'],
  ['add a column', 'alter table users add column mine text'],
  [
    'replace a function',
    'create or replace function backoff(integer) returns interval language sql as $$ select null::interval $$',
  ],
  ['create a role', 'create role mine'],
  ['give itself more', 'select grant_application(current_user)'],
] as const

const actor = { type: 'system', job: 'test' } as const
let shop: RunningSandbox
let app: Awaited<ReturnType<typeof asApplicationRole>>

beforeAll(async () => {
  app = await asApplicationRole()
  shop = await openShop()
})
afterAll(async () => {
  await disconnect()
  await app.drop()
  await shop.stop()
})

describe('the application, as a role that can do no more than it needs', () => {
  it('is that role, which owns nothing', async () => {
    const [row] = await db().execute(sql`select current_user as name`)
    expect(row).toEqual({ name: app.role })
  })

  it('takes an event in, reads Stripe for it and commits what it saw', async () => {
    const one = await oneCustomer()
    one.stripe.show(one.snapshot())
    const { claim } = await one.ingest({ type: 'invoice.paid', objectId: `in_${randomUUID()}` })
    if (!claim) throw new Error('The lease was not given.')
    await drainTarget(one.ports, claim, actor)
    expect(await one.entitlement()).toMatchObject({ tier: SMALL })
    await one.ingest()
    await one.setTarget({ leaseUntil: null, nextRunAt: new Date(0) })
    expect(await drain(one.ports, 'test', 5_000)).toMatchObject({ failed: 0 })
    expect((await listAudit(one.customerId)).length).toBeGreaterThan(0)
  })

  it('gives a lease back after a failure', async () => {
    const one = await oneCustomer()
    const { claim } = await one.ingest()
    if (!claim) throw new Error('The lease was not given.')
    await one.ports.ledger.failTarget(claim, 'Stripe was down', { countAttempt: true })
    expect(await one.target()).toMatchObject({ attempts: 1, leaseUntil: null })
  })

  it('starts a checkout, and replaces it by another', async () => {
    const me = await shopper()
    await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
    await startCheckout(me.actor, { tier: GREAT, interval: 'year' })
    const customerId = await findCustomerId(me.workspaceId)
    expect((await listAudit(customerId ?? '')).map(({ action }) => action)).toContain(
      'checkout.start',
    )
  })

  it('signs people in and out, and lets them leave', async () => {
    const people = authAdapter()
    const email = `${randomUUID()}@example.test`
    const expires = new Date(Date.now() + 60_000)
    await people.createVerificationToken?.({ identifier: email, token: 'hash', expires })
    expect(await people.useVerificationToken?.({ identifier: email, token: 'hash' })).toBeTruthy()
    const user = await people.createUser?.({ id: randomUUID(), email, emailVerified: null })
    const userId = user?.id ?? ''
    const vouched = { provider: 'github', providerAccountId: email, name: null }
    expect(await openAccount({ ...vouched, email: `hub.${email}` })).toEqual({ kind: 'open' })
    await rememberNetwork(userId, '203.0.113.7')
    expect(await isKnownNetwork(userId, '203.0.113.7')).toBe(true)
    await people.createSession?.({ sessionToken: email, userId, expires })
    expect(await people.getSessionAndUser?.(email)).toMatchObject({ user: { email } })
    await people.updateUser?.({ id: userId, emailVerified: new Date() })
    await people.deleteSession?.(email)
    await db().execute(sql`delete from users where id = ${userId}`)
    expect(await people.getUserByEmail?.(email)).toBeNull()
  })

  it('drains its outbox', async () => {
    const mail = {
      to: 'a@example.test',
      subject: 's',
      text: 't',
      html: 'h',
      link: null,
      expiresAt: null,
    }
    await enqueueMail(db(), 'one', mail)
    await enqueueMail(db(), 'two', mail)
    expect(await deliverMail()).toBe(2)
    expect(await deliverMail()).toBe(0)
  })

  it('writes heartbeats, anchors, verifies and checks its health', async () => {
    await upsertHeartbeat('drain', null)
    expect(await readHealth(12)).toMatchObject({ migrated: true })
    await anchorAudit()
    expect((await verifyAudit()).faults).toEqual([])
  })

  it('replays an event, also one whose charge names the customer', async () => {
    const one = await oneCustomer()
    one.stripe.show(one.snapshot())
    const { customerId } = one
    const tail = one.userId.replaceAll('-', '')
    const id = `evt_${tail}` as const
    const object = { object: 'dispute', id: `dp_${tail}`, charge: `ch_${tail}` }
    const type = 'charge.dispute.created'
    const envelope = { id, object: 'event', type, created: 1, livemode: false, data: { object } }
    await one.ingest({
      id,
      type,
      objectId: object.id,
      targetKey: object.charge,
      payload: JSON.stringify(envelope),
    })
    await drain(one.ports, 'test', 1_000)
    await db().execute(sql`update sync_targets set lease_until = null where key = ${object.charge}`)
    await replayEvent(one.portsWithCharge(customerId), actor, { id, reason: 'As the role.' })
    expect((await listAudit(customerId)).map(({ action }) => action)).toContain(type)
    // The dispute's, and those that the events before it left.
    expect((await deliverOutbox(realClock)).noticed).toBeGreaterThan(0)
  })

  it('looks for what was lost, and compares its records', async () => {
    expect(await backfillEvents({ ...backfillPorts(), ...UNPACED }, () => false)).toMatchObject({
      complete: true,
    })
    expect(await scanDrift({ ...driftPorts(), ...UNPACED }, () => false)).toMatchObject({
      complete: true,
    })
    const one = await oneCustomer()
    await one.ingest()
    await one.setTarget({ leaseUntil: null, dirtySeq: 1, syncedSeq: 1 })
    const differences = [{ before: null, after: { tier: SMALL } }]
    expect(await recordDrift({ key: one.customerId, differences }, 0)).toBe(true)
  })

  // breakage: the application is broken into and its database role used | history cannot be rewritten: each attempt is refused by Postgres itself
  it.each(FORBIDDEN)('may not rewrite or rebuild: %s', async (_, statement) => {
    await expect(db().execute(sql.raw(statement))).rejects.toMatchObject({
      cause: { code: '42501' },
    })
  })
})

describe('granting', () => {
  it('takes away what the role had beside it', async () => {
    await app.owner.unsafe(
      `grant delete on subscriptions to ${app.role}; grant all on audit_log to ${app.role}`,
    )
    expect(await grantApplication(app.ownerUrl, app.role)).toBeNull()
    const [row] =
      await app.owner`select has_table_privilege(${app.role}, 'subscriptions', 'delete') as a,
      has_table_privilege(${app.role}, 'audit_log', 'insert') as b`
    expect(row).toEqual({ a: false, b: false })
  })

  it('names the roles that a later migration must grant to again', async () => {
    expect(await app.owner`select * from application_roles()`).toEqual([
      { application_roles: app.role },
    ])
  })

  it('refuses a role that may do more by other ways', async () => {
    const name = decodeURIComponent(new URL(app.ownerUrl).username)
    await expect(grantApplication(app.ownerUrl, name)).rejects.toThrow('may do more than this')
  })

  it('refuses a name that would have to be quoted', async () => {
    await expect(grantApplication(app.ownerUrl, 'app"; drop table users; --')).rejects.toThrow(
      'no name',
    )
  })

  it('says of every table what the application may do with it', async () => {
    const missing = await app.owner`select table_name from information_schema.tables
      where table_schema = 'public' and table_name not in (select object from application_privileges())`
    expect([...missing]).toEqual([])
  })
})

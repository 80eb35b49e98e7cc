import { randomUUID } from 'node:crypto'
import { and, eq, like, type SQL } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { sessions, signInNetworks, users, verificationTokens } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import { checkoutIntents } from '@/db/schema/checkout'
import { outbox } from '@/db/schema/events'
import { usageDays, usageEvents } from '@/db/schema/usage'
import { verifyAudit } from '@/lib/audit/verify'
import { enqueueMail } from '@/lib/mail/enqueue'
import { Mail } from '@/lib/mail/mail'
import { renderEmail } from '@/lib/mail/render'
import { consume } from '@/lib/usage/consume'
import { someone } from '@/lib/workspaces/someone.fixture'
import { daysAgo, event, events } from './old-events.fixture'
import { prune } from './prune'

const never = () => false

beforeEach(async () => {
  await prune(never)
})
afterAll(disconnect)

describe('uses', () => {
  it('are removed after ninety days, when no retry can come, and what they sum up to stays', async () => {
    const { workspaceId } = await someone()
    for (const key of ['young', 'old', 'held']) await consume(workspaceId, 1, key)
    const age = async (
      key: string,
      days: number,
      set: Partial<typeof usageEvents.$inferInsert> = {},
    ) =>
      db()
        .update(usageEvents)
        .set({ usedAt: daysAgo(days) as SQL<Date>, ...set })
        .where(and(eq(usageEvents.workspaceId, workspaceId), eq(usageEvents.idempotencyKey, key)))
    await age('young', 89)
    await age('old', 91)
    await age('held', 91, { state: 'held', expiresAt: new Date() })
    expect(await prune(never)).toMatchObject({ uses: 1, complete: true })
    const left = await db()
      .select({ key: usageEvents.idempotencyKey })
      .from(usageEvents)
      .where(eq(usageEvents.workspaceId, workspaceId))
    expect(left.map(({ key }) => key).toSorted()).toEqual(['held', 'young'])
    const [day] = await db().select().from(usageDays).where(eq(usageDays.workspaceId, workspaceId))
    expect(day?.units).toBe(3)
    expect((await listAudit('retention')).at(-1)?.after).toEqual({ what: 'uses', n: 1 })
  })
})

describe('payloads', () => {
  it('are emptied after ninety days, and what they were of stays', async () => {
    const [young, old] = [await event(89), await event(91)]
    const before = await old()
    expect(await prune(never)).toMatchObject({ payloads: 1, complete: true })
    expect((await young())?.payload).not.toBeNull()
    expect(await old()).toEqual({ ...before, payload: null })
  })

  it.each([
    ['done', null],
    ['ignored', null],
    ['pending', '{"email":"ada@example.test"}'],
    ['dead', '{"email":"ada@example.test"}'],
  ] as const)(
    'of an event that is %s: what waits for an operator keeps its own',
    async (state, left) => {
      const old = await event(200, { state })
      await prune(never)
      expect((await old())?.payload).toBe(left)
    },
  )

  it('of a customer whose user was erased are emptied however young they are', async () => {
    const id = `cus_${randomUUID().replaceAll('-', '')}` as const
    await db().insert(customers).values({ id, livemode: false, erasedAt: new Date() })
    const theirs = await event(0, { customerId: id })
    const others = await event(0, { customerId: `${id}x` })
    expect(await prune(never)).toMatchObject({ payloads: 1 })
    expect((await theirs())?.payload).toBeNull()
    expect((await others())?.payload).not.toBeNull()
  })

  it('in great number go in batches, which are on record, and what is left is the next run’s', async () => {
    await events(1_100, 100)
    const before = (await listAudit('retention')).length
    let batches = 1
    expect(await prune(() => --batches < 0)).toMatchObject({ payloads: 500, complete: false })
    expect(await prune(never)).toMatchObject({ payloads: 600, complete: true })
    const rows = (await listAudit('retention')).slice(before)
    expect(rows.map(({ action, after }) => [action, after?.n])).toEqual([
      ['retention.prune', 500],
      ['retention.prune', 500],
      ['retention.prune', 100],
    ])
    expect((await verifyAudit()).faults).toEqual([])
  })

  it('are emptied once by runs at the same time', async () => {
    await events(50, 100)
    const both = await Promise.all([prune(never), prune(never)])
    expect(both[0].payloads + both[1].payloads).toBe(50)
  })
})

describe('messages', () => {
  it('that went thirty days ago show neither recipient nor content, and their keys still count', async () => {
    const link = { label: 'See', url: 'https://app.example' }
    const mail = (to: string) => renderEmail({ to, subject: to, paragraphs: [to], link })
    const went = (key: string, days: number) =>
      db()
        .update(outbox)
        .set({ deliveredAt: daysAgo(days) as SQL<Date> })
        .where(eq(outbox.key, key))
    for (const key of ['kept:1', 'old:1', 'waits:1']) {
      await enqueueMail(db(), key, mail(`${key}@example.test`))
    }
    await went('kept:1', 29)
    await went('old:1', 31)
    expect(await prune(never)).toMatchObject({ mails: 1 })
    expect(await prune(never)).toMatchObject({ mails: 0 })
    const rows = await db().select().from(outbox).where(like(outbox.key, '%:1'))
    const to = Object.fromEntries(rows.map(({ key, payload }) => [key, Mail.parse(payload).to]))
    expect(to).toEqual({
      'kept:1': 'kept:1@example.test',
      'old:1': '',
      'waits:1': 'waits:1@example.test',
    })
    await enqueueMail(db(), 'old:1', mail('again@example.test'))
    expect(await db().$count(outbox, eq(outbox.key, 'old:1'))).toBe(1)
  })
})

describe('messages, and uses for Stripe’s meters, that went ninety days ago', () => {
  it('are removed; what makes them, and what still waits, stays', async () => {
    const rows = [
      { key: 'mail:young', kind: 'mail', days: 89 },
      { key: 'mail:old', kind: 'mail', days: 91 },
      { key: 'mail:waits', kind: 'mail', days: null },
      { key: 'notification:old', kind: 'notification', days: 400 },
      { key: 'metered_use:young', kind: 'metered_use', days: 89 },
      { key: 'metered_use:old', kind: 'metered_use', days: 91 },
      { key: 'metered_use:waits', kind: 'metered_use', days: null },
      // Its minute may still be compared with Stripe's sum.
      { key: 'meter_event:young', kind: 'meter_event', days: 36 },
      { key: 'meter_event:old', kind: 'meter_event', days: 91 },
      { key: 'meter_event:waits', kind: 'meter_event', days: null },
    ]
    for (const { key, kind, days } of rows) {
      const deliveredAt = days === null ? null : (daysAgo(days) as SQL<Date>)
      await db().insert(outbox).values({ key, kind, payload: {}, deliveredAt })
    }
    expect(await prune(never)).toMatchObject({ messages: 3, complete: true })
    const left = await db().select({ key: outbox.key }).from(outbox)
    const ours = left.map(({ key }) => key).filter((key) => rows.some((row) => row.key === key))
    expect(ours.toSorted()).toEqual([
      ...['mail:waits', 'mail:young', 'meter_event:waits', 'meter_event:young'],
      ...['metered_use:waits', 'metered_use:young', 'notification:old'],
    ])
    expect((await listAudit('retention')).at(-1)?.after).toEqual({ what: 'messages', n: 3 })
  })

  it('of an event in whose minute a use still waits, are kept until that one has gone', async () => {
    const targetKey = `cus_${randomUUID()}`
    const payload = {
      eventName: 'exports',
      at: '2026-01-01T10:00:30Z',
      minute: '2026-01-01T10:00Z',
    }
    const old = { kind: 'meter_event', targetKey, deliveredAt: daysAgo(91) as SQL<Date> }
    const waits = { key: `metered_use:${targetKey}`, kind: 'metered_use', targetKey, payload }
    await db()
      .insert(outbox)
      .values({ ...old, key: `meter_event:${targetKey}`, payload })
    await db().insert(outbox).values(waits)
    expect(await prune(never)).toMatchObject({ messages: 0 })
    await db().update(outbox).set({ deliveredAt: new Date() }).where(eq(outbox.key, waits.key))
    expect(await prune(never)).toMatchObject({ messages: 1 })
  })
})

describe('checkouts', () => {
  it('that were left unpaid are removed after ninety days; the paid and the open ones stay', async () => {
    const { workspaceId } = await someone()
    const intent = async (state: 'open' | 'completed' | 'expired' | 'replaced', days: number) => {
      const closedAt = state === 'open' ? null : (daysAgo(days) as SQL<Date>)
      const values = { workspaceId, tier: 'pro', interval: 'month', state, closedAt }
      await db().insert(checkoutIntents).values(values)
    }
    await intent('open', 200)
    await intent('completed', 200)
    for (const state of ['expired', 'replaced'] as const) {
      await intent(state, 89)
      await intent(state, 91)
    }
    expect(await prune(never)).toMatchObject({ intents: 2, complete: true })
    const left = await db()
      .select({ state: checkoutIntents.state })
      .from(checkoutIntents)
      .where(eq(checkoutIntents.workspaceId, workspaceId))
    expect(left.map(({ state }) => state).toSorted()).toEqual([
      ...['completed', 'expired', 'open', 'replaced'],
    ])
  })
})

describe('what ends by itself', () => {
  it('is removed once it is over: sessions, sign-in links and the networks of earlier sign-ins', async () => {
    const [user] = await db()
      .insert(users)
      .values({ email: `${randomUUID()}@example.test` })
      .returning()
    const userId = user?.id ?? ''
    for (const expires of [new Date(Date.now() - 1_000), new Date(Date.now() + 60_000)]) {
      await db().insert(sessions).values({ tokenHash: randomUUID(), userId, expires })
      const link = { identifier: 'ada@example.test', token: randomUUID(), expires }
      await db().insert(verificationTokens).values(link)
      const networkHash = randomUUID()
      await db().insert(signInNetworks).values({ userId, networkHash, expires })
    }
    expect(await prune(never)).toMatchObject({ expired: 3 })
    expect(await db().$count(sessions, eq(sessions.userId, userId))).toBe(1)
    expect(await db().$count(verificationTokens)).toBe(1)
    expect(await db().$count(signInNetworks)).toBe(1)
  })
})

import { eq, like, sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { billingFacts, outbox } from '@/db/schema/events'
import { realClock } from '@/lib/clock'
import { deliverNotifications } from '@/lib/outbox/deliver-notification'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { someone } from '@/lib/workspaces/someone.fixture'
import { commit } from './commit'
import { consume } from './consume'
import { limitOf } from './limit-of.fixture'
import { reserve } from './reserve'

let me: Awaited<ReturnType<typeof oneCustomer>>
beforeEach(async () => {
  me = await oneCustomer()
  await limitOf(me.workspaceId, 10)
})
afterAll(disconnect)

const facts = async (id: string = me.workspaceId) =>
  (
    await db()
      .select()
      .from(billingFacts)
      .where(eq(billingFacts.objectId, id))
      .orderBy(billingFacts.recordedAt)
  ).map(({ kind }) => kind)

/** What goes out to an address when the outbox is worked off. */
async function mails(): Promise<string[]> {
  await deliverNotifications(realClock, 1_000)
  const rows = await db()
    .select({ subject: sql<string>`${outbox.payload} ->> 'subject'` })
    .from(outbox)
    .where(like(outbox.key, `mail:notification:usage.%${me.workspaceId}%`))
  return rows.map(({ subject }) => subject).toSorted()
}

describe('a limit', () => {
  it('that comes near is a fact, an email and a row of the trail, once in its period', async () => {
    await consume(me.workspaceId, 7, 'a')
    expect(await facts()).toEqual([])
    await consume(me.workspaceId, 1, 'b')
    await consume(me.workspaceId, 1, 'b')
    await consume(me.workspaceId, 1, 'c')
    expect(await facts()).toEqual(['usage.near_limit'])
    expect(await mails()).toEqual([expect.stringMatching(/^9 of 10 uses of .+ are used$/)])
    const trail = await listAudit(me.customerId)
    expect(trail.filter(({ action }) => action === 'usage.near_limit')).toMatchObject([
      { actor: { type: 'system', job: 'usage' }, after: { id: me.workspaceId } },
    ])
  })

  it('that is reached is another, and who passes both at once reads of one', async () => {
    await consume(me.workspaceId, 10, 'a')
    expect((await facts()).toSorted()).toEqual(['usage.limit_reached', 'usage.near_limit'])
    expect(await mails()).toEqual([expect.stringMatching(/^All 10 uses of .+ are used$/)])
  })

  it('is announced once, however many uses come at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => consume(me.workspaceId, 1, `${n}`)))
    expect((await facts()).toSorted()).toEqual(['usage.limit_reached', 'usage.near_limit'])
  })

  it('is not reached by what is reserved, until it is committed', async () => {
    const { reservation } = await reserve(me.workspaceId, 10, 'a')
    expect(await facts()).toEqual([])
    if (reservation) await commit(reservation)
    expect((await facts()).toSorted()).toEqual(['usage.limit_reached', 'usage.near_limit'])
  })

  it('that a greater plan has moved away makes no email', async () => {
    await consume(me.workspaceId, 9, 'a')
    await limitOf(me.workspaceId, 500)
    expect(await mails()).toEqual([])
  })

  it('of a workspace that never bought is announced to its owner, in a chain of its own', async () => {
    const { workspaceId } = await someone()
    await consume(workspaceId, 8, 'a')
    expect(await facts(workspaceId)).toEqual(['usage.near_limit'])
    expect(await listAudit(`workspace:${workspaceId}`)).toMatchObject([
      { action: 'usage.near_limit' },
    ])
    await deliverNotifications(realClock, 1_000)
    const key = like(outbox.key, `mail:notification:usage.near_limit:${workspaceId}%`)
    expect(await db().$count(outbox, key)).toBe(1)
  })
})

import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { usageCounters, usageDays, usageEvents } from '@/db/schema/usage'
import { readBilling } from '@/lib/billing/read'
import { Invalid } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { commit } from './commit'
import { consume } from './consume'
import { limitOf } from './limit-of.fixture'
import { refund } from './refund'
import { type Reservation, reserve } from './reserve'

let workspaceId: WorkspaceId
beforeEach(async () => {
  workspaceId = (await oneCustomer()).workspaceId
  await limitOf(workspaceId, 5)
})
afterAll(disconnect)

async function held(quantity: number, key: string): Promise<Reservation> {
  const { reservation } = await reserve(workspaceId, quantity, key)
  if (!reservation) throw new Error('It was not reserved.')
  return reservation
}

const counter = async () => {
  const rows = await db()
    .select({ used: usageCounters.used, held: usageCounters.held })
    .from(usageCounters)
    .where(eq(usageCounters.workspaceId, workspaceId))
  return rows[0]
}

/** As if its time had passed. */
async function expire(key: string) {
  const ofKey = and(eq(usageEvents.workspaceId, workspaceId), eq(usageEvents.idempotencyKey, key))
  await db().update(usageEvents).set({ expiresAt: sql`clock_timestamp()` }).where(ofKey)
}

describe('a reservation', () => {
  it('keeps its units from everyone else, and counts them once when it is committed', async () => {
    const reservation = await held(4, 'a')
    expect(await counter()).toEqual({ used: 0, held: 4 })
    expect(await consume(workspaceId, 2, 'b')).toMatchObject({ outcome: 'limit_reached', used: 4 })
    expect(await commit(reservation)).toBe('committed')
    expect(await commit(reservation)).toBe('already_committed')
    expect(await refund(reservation)).toBe('already_committed')
    expect(await counter()).toEqual({ used: 4, held: 0 })
    expect(await consume(workspaceId, 1, 'b')).toMatchObject({ outcome: 'allowed', used: 5 })
  })

  it('that is given back leaves its units and its key to who comes next', async () => {
    const reservation = await held(4, 'a')
    expect(await refund(reservation)).toBe('refunded')
    expect(await refund(reservation)).toBe('already_refunded')
    expect(await commit(reservation)).toBe('already_refunded')
    expect(await counter()).toEqual({ used: 0, held: 0 })
    expect(await reserve(workspaceId, 5, 'a')).toMatchObject({ outcome: 'allowed', used: 5 })
  })

  it('gives its units back by itself when its time is over, in the very statement that needs them', async () => {
    const reservation = await held(5, 'a')
    await expire('a')
    expect(await consume(workspaceId, 5, 'b')).toMatchObject({ outcome: 'allowed', used: 5 })
    expect(await commit(reservation)).toBe('expired')
    expect(await refund(reservation)).toBe('expired')
    expect(await counter()).toEqual({ used: 5, held: 0 })
  })

  it('that is over cannot be settled in place of a later one under its key', async () => {
    const stale = await held(5, 'a')
    await expire('a')
    const next = await held(3, 'a')
    expect(await refund(stale)).toBe('expired')
    expect(await commit(stale)).toBe('expired')
    expect(await commit(next)).toBe('committed')
    expect(await counter()).toEqual({ used: 3, held: 0 })
  })

  it('that is asked for again is the same, and is not asked for once it is committed', async () => {
    const first = await held(2, 'a')
    expect(await reserve(workspaceId, 2, 'a')).toMatchObject({
      outcome: 'already_reserved',
      reservation: first,
      used: 2,
    })
    await commit(first)
    expect(await reserve(workspaceId, 2, 'a')).toMatchObject({
      outcome: 'already_counted',
      reservation: null,
    })
    expect(await consume(workspaceId, 2, 'a')).toMatchObject({
      outcome: 'already_counted',
      used: 2,
    })
  })

  it('has its key for itself: another quantity, or a use that counts at once, is an error', async () => {
    await held(2, 'a')
    const taken = { reason: 'use_key_taken' }
    await expect(reserve(workspaceId, 3, 'a')).rejects.toMatchObject(taken)
    await expect(consume(workspaceId, 2, 'a')).rejects.toMatchObject(taken)
  })

  it('is one of however many tries at once', async () => {
    const tries = await Promise.all(Array.from({ length: 30 }, () => reserve(workspaceId, 2, 'a')))
    expect(tries.filter(({ outcome }) => outcome === 'allowed')).toHaveLength(1)
    expect(await counter()).toEqual({ used: 0, held: 2 })
    const commits = await Promise.all(
      tries.map(({ reservation }) => (reservation ? commit(reservation) : null)),
    )
    expect(commits.filter((outcome) => outcome === 'committed')).toHaveLength(1)
    expect(await counter()).toEqual({ used: 2, held: 0 })
  })

  it('shows on the billing page while it lasts, and not an instant longer', async () => {
    await held(2, 'a')
    expect((await readBilling(workspaceId)).usage.used).toBe(2)
    await expire('a')
    expect((await readBilling(workspaceId)).usage.used).toBe(0)
  })

  it('is in the day’s history only once it counts', async () => {
    const days = () => db().select().from(usageDays).where(eq(usageDays.workspaceId, workspaceId))
    const reservation = await held(2, 'a')
    expect(await days()).toEqual([])
    await commit(reservation)
    expect(await days()).toMatchObject([{ units: 2 }])
  })

  it.each([0, -1, 1.5, 86_401, Number.NaN])('of %d seconds is none', async (holdSeconds) => {
    await expect(reserve(workspaceId, 1, 'a', { holdSeconds })).rejects.toThrow(Invalid)
  })
})

import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { doneOf } from '@/app/console/done'
import { disconnect, inTransaction } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { operatorActor, systemActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { newWorkspaceId } from '@/lib/workspaces/someone.fixture'
import { once } from './once'

const ANA = operatorActor('f0000000-0000-4000-8000-00000000000a')
const BEN = operatorActor('f0000000-0000-4000-8000-00000000000b')

let scope: string
let done: string[]
beforeEach(() => {
  scope = `workspace:${newWorkspaceId()}`
  done = []
})
afterAll(disconnect)

const press = (actor = ANA, over: { seen?: number; reason?: string; refund?: boolean } = {}) =>
  once(
    actor,
    {
      ...{ scope, seen: over.seen ?? 0, action: 'console.cancel' as const },
      ...{ after: { refund: over.refund ?? true }, reason: over.reason ?? 'They asked for it' },
    },
    async () => {
      done.push(actor.id)
    },
  )

describe('what an operator does', () => {
  test('is done once for a double click, and only one is told that it is done', async () => {
    const all = await Promise.all([press(), press(), press()])
    expect(all.toSorted()).toEqual(['first', 'repeated', 'repeated'])
    expect(done).toEqual([ANA.id])
    expect(await listAudit(scope)).toMatchObject([
      {
        ...{ n: 1, action: 'console.cancel', actor: ANA },
        after: { refund: true, reason: 'They asked for it' },
      },
    ])
  })

  test('is not done again from a page that was come back to', async () => {
    await press()
    await press()
    expect(done).toEqual([ANA.id])
  })

  test('is not done by another from a second tab that still shows how it was', async () => {
    await press()
    await expect(press(BEN)).rejects.toMatchObject({ reason: 'console_moved_on' })
    expect(done).toEqual([ANA.id])
    expect(await listAudit(scope)).toHaveLength(1)
  })

  test('with another choice from a second tab is not done either', async () => {
    await press()
    await expect(press(ANA, { refund: false })).rejects.toMatchObject({
      reason: 'console_moved_on',
    })
    expect(done).toEqual([ANA.id])
  })

  test('of two who press at one moment only one has done', async () => {
    const both = await Promise.allSettled([press(ANA), press(BEN)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(done).toHaveLength(1)
    expect(await listAudit(scope)).toHaveLength(1)
  })

  test('is not done where something else has happened since the look', async () => {
    await inTransaction((tx) =>
      recordAudit(tx, systemActor('drain'), { scope, action: 'subscription.end' }),
    )
    await expect(press()).rejects.toMatchObject({ reason: 'console_moved_on' })
    expect(done).toEqual([])
    await press(ANA, { seen: 1 })
    expect(done).toEqual([ANA.id])
  })

  test('can be done again after a new look', async () => {
    await press()
    await press(ANA, { seen: 1 })
    expect(done).toEqual([ANA.id, ANA.id])
  })

  test('that failed is not said to be done when it is pressed again from the same page', async () => {
    const asked = {
      ...{ scope, seen: 0, action: 'console.cancel' as const },
      ...{ after: { refund: true }, reason: 'They asked for it' },
    }
    const failing = once(ANA, asked, async () => {
      throw new Error('Stripe is away.')
    })
    await expect(failing).rejects.toThrow('Stripe is away.')
    const outcome = await press()
    expect(done).toEqual([])
    expect(outcome).toBe('repeated')
    expect(doneOf(outcome, 'ended')).toBe('repeated')
  })

  test('that fails is on record, and can be tried again after a new look', async () => {
    const failing = once(
      ANA,
      { scope, seen: 0, action: 'console.sync', after: {}, reason: 'To see' },
      async () => {
        throw new Error('Stripe is away.')
      },
    )
    await expect(failing).rejects.toThrow('Stripe is away.')
    expect(await listAudit(scope)).toMatchObject([{ action: 'console.sync' }])
    await press(ANA, { seen: 1 })
    expect(done).toEqual([ANA.id])
  })
})

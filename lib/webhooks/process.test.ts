import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Claim } from '@/db/queries/claim'
import type { AuditActor } from '@/db/schema/audit'
import { log } from '@/lib/log'
import { portsWith } from '@/lib/sync/ports.fixture'
import { claim, snapshot } from '@/lib/sync/rows.fixture'
import { processEvent } from './process'

let due: Claim[]
let down: boolean
let written: { key: string; actor: AuditActor | undefined }[]
let givenBack: string[]
let remembered: string[]
let turn: boolean
let delivered: number
let ports: Parameters<typeof processEvent>[0]

beforeEach(() => {
  due = []
  down = false
  written = []
  givenBack = []
  remembered = []
  turn = true
  delivered = 0
  ports = {
    rememberCommitted: async (id) => {
      remembered.push(id)
    },
    mayDrain: async () => turn,
    deliverOutbox: async () => {
      delivered += 1
    },
    ...portsWith({
      ledger: {
        claimDue: async (limit) => due.splice(0, limit),
        applySync: async ({ key }, { audits }) => {
          written.push({ key, actor: audits[0]?.actor })
          return { applied: true, again: false, waitMs: 0 }
        },
        failTarget: async ({ key }) => {
          givenBack.push(key)
        },
      },
      stripe: {
        listSubscriptions: async (customerId) => {
          if (down && customerId === 'cus_ada') throw new Error('Stripe did not answer')
          return [snapshot({ customerId })]
        },
      },
      sleep: async () => {},
    }),
  }
})

afterEach(() => {
  vi.restoreAllMocks()
})

const process = () => processEvent(ports, { claim: claim(), eventId: 'evt_1' })

it('an event’s customer is converged in the event’s name', async () => {
  await process()
  expect(written).toEqual([{ key: 'cus_ada', actor: { type: 'stripe', eventId: 'evt_1' } }])
})

it('then what others left behind is drained, in the webhook’s name', async () => {
  due = [claim({ key: 'cus_left' })]
  await process()
  expect(written.map(({ key }) => key)).toEqual(['cus_ada', 'cus_left'])
  expect(written[1]?.actor).toEqual({ type: 'system', job: 'webhook' })
})

it('and what waits in the outbox is sent', async () => {
  await process()
  expect(delivered).toBe(1)
})

it('a process whose turn it is not leaves the others to the one that has it', async () => {
  turn = false
  due = [claim({ key: 'cus_left' })]
  await process()
  expect(written.map(({ key }) => key)).toEqual(['cus_ada'])
  expect(delivered).toBe(0)
})

it('what its own work put into the outbox is sent even then: the next cron may be a day away', async () => {
  turn = false
  const failed = { type: 'invoice.payment_failed', objectId: 'in_1', attempt: 1, tries: 0 }
  const failing = claim({ events: [{ id: 'evt_1', ...failed }] })
  await processEvent(ports, { claim: failing, eventId: 'evt_1' })
  expect(delivered).toBe(1)
})

describe('Postgres that is lost after the answer', () => {
  const lost = () => Promise.reject(new Error('connection lost'))

  it('while others are helped is said in the log, and breaks nothing', async () => {
    ports.ledger.claimDue = lost
    const error = vi.spyOn(log, 'error')
    await process()
    expect(written.map(({ key }) => key)).toEqual(['cus_ada'])
    expect(delivered).toBe(1)
    expect(error).toHaveBeenCalledExactlyOnceWith(
      { error: 'Error: connection lost' },
      'the backlog was not drained; the next drain will',
    )
  })

  it('while the outbox is sent, too', async () => {
    ports.deliverOutbox = lost
    const error = vi.spyOn(log, 'error')
    await process()
    expect(error).toHaveBeenCalledExactlyOnceWith(
      { error: 'Error: connection lost' },
      'the outbox was not drained; the next drain will',
    )
  })
})

it('a customer who cannot be read now is given back, and the others are still helped', async () => {
  down = true
  due = [claim({ key: 'cus_left' })]
  await process()
  expect(givenBack).toEqual(['cus_ada'])
  expect(written.map(({ key }) => key)).toEqual(['cus_left'])
})

it('a stored event is remembered in Redis, whichever process reads its customer', async () => {
  due = [claim({ key: 'cus_left' })]
  await processEvent(ports, { claim: null, eventId: 'evt_1' })
  expect(remembered).toEqual(['evt_1'])
  expect(written.map(({ key }) => key)).toEqual(['cus_left'])
})

it('a slow Redis does not keep the customer waiting', async () => {
  let answer = () => {}
  ports.rememberCommitted = () => new Promise((resolve) => (answer = resolve))
  const done = process()
  await expect.poll(() => written).toHaveLength(1)
  answer()
  await done
})

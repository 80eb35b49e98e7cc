import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PendingEvent } from '@/db/queries/claim'
import type { ClaimAnswer } from '@/db/queries/ledger'
import { userActor } from '@/lib/audit/actor'
import { Unavailable } from '@/lib/errors'
import { log } from '@/lib/log'
import type { SyncPorts } from './ports'
import { portsWith } from './ports.fixture'
import { CUSTOMER, claim, snapshot, USER, WORKSPACE } from './rows.fixture'
import { syncCustomer } from './sync-customer'

const HELD: ClaimAnswer = { held: true, seq: 3, claim: null }

let virtualMs: number
let freeAfterMs: number
let asked: object[]
let applied: number
let pending: PendingEvent[]
let ports: SyncPorts

beforeEach(() => {
  virtualMs = 0
  freeAfterMs = 0
  asked = []
  applied = 0
  pending = []
  ports = portsWith({
    ledger: {
      claimTarget: async (key, options) => {
        asked.push({ key, ...options })
        return virtualMs >= freeAfterMs
          ? { held: false, seq: 3, claim: claim({ events: pending }) }
          : HELD
      },
      claimDue: async () => [],
      applySync: async () => {
        applied += 1
        return { applied: true, again: false, waitMs: 0 }
      },
      failTarget: async () => {},
    },
    stripe: {
      listSubscriptions: async () => [snapshot()],
    },
    sleep: async (milliseconds) => {
      virtualMs += milliseconds
    },
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

const sync = () => syncCustomer(ports, CUSTOMER, userActor(USER, WORKSPACE))

describe('a person who waits for their billing', () => {
  it('does not sit out the debounce window', async () => {
    await sync()
    expect(virtualMs).toBe(0)
    expect(asked).toEqual([{ key: CUSTOMER, mark: true, takeover: true }])
    expect(applied).toBe(1)
  })

  it('waits for another process’s read to end, marks the customer once, and then reads again', async () => {
    freeAfterMs = 700
    await sync()
    expect(virtualMs).toBe(700)
    expect(asked.filter((options) => 'mark' in options)).toHaveLength(1)
    expect(asked).toHaveLength(8)
    expect(applied).toBe(1)
  })

  it('gets it when the read ends with the second second', async () => {
    freeAfterMs = 2000
    await sync()
    expect(applied).toBe(1)
  })

  it('waits two seconds at most and is then asked to come back, with the customer still marked', async () => {
    freeAfterMs = 2001
    await expect(sync()).rejects.toThrow(Unavailable)
    expect(virtualMs).toBe(2000)
    expect(asked[0]).toMatchObject({ mark: true })
    expect(applied).toBe(0)
  })

  it('hears when Stripe does not answer', async () => {
    ports.stripe.listSubscriptions = () => Promise.reject(new Unavailable('stripe_away'))
    await expect(sync()).rejects.toThrow(new Unavailable('stripe_away'))
  })

  it('is not there any more when what came meanwhile cannot be read: the log hears of it', async () => {
    const later: (() => Promise<void>)[] = []
    ports.ledger.applySync = async () => ({ applied: true, again: true, waitMs: 0 })
    await syncCustomer(ports, CUSTOMER, userActor(USER, WORKSPACE), {
      later: (work) => later.push(work),
    })
    ports.ledger.claimTarget = () => Promise.reject(new Error('connection lost'))
    const error = vi.spyOn(log, 'error')
    await Promise.all(later.map((work) => work()))
    expect(error).toHaveBeenCalledExactlyOnceWith(
      { target: CUSTOMER, error: 'Error: connection lost' },
      'sync failed; it will be tried again',
    )
  })
})

describe('what a person’s read has put into the outbox', () => {
  const failed: Omit<PendingEvent, 'id'> = {
    type: 'invoice.payment_failed',
    objectId: 'in_1',
    attempt: 1,
    tries: 0,
  }
  let later: (() => Promise<void>)[]
  let delivered: number

  beforeEach(() => {
    later = []
    delivered = 0
  })

  const visit = async () => {
    const deliver = async () => {
      delivered += 1
    }
    await syncCustomer(ports, CUSTOMER, userActor(USER, WORKSPACE), {
      later: (work) => later.push(work),
      deliver,
    })
    expect(delivered).toBe(0)
    await Promise.all(later.map((work) => work()))
  }

  it('is sent once the person has been answered', async () => {
    pending = [{ id: 'evt_1', ...failed }]
    await visit()
    expect(delivered).toBe(1)
  })

  it('is sent, too, when it was put there by the read that trails it', async () => {
    ports.ledger.applySync = async () => {
      const again = pending.length === 0
      pending = [{ id: 'evt_1', ...failed }]
      return { applied: true, again, waitMs: 0 }
    }
    await visit()
    expect(delivered).toBe(1)
  })

  it('is not looked for when there is nothing', async () => {
    await visit()
    expect([delivered, later]).toEqual([0, []])
  })
})

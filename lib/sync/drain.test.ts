import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Claim } from '@/db/queries/claim'
import { log } from '@/lib/log'
import { drain } from './drain'
import type { SyncPorts } from './ports'
import { portsWith } from './ports.fixture'
import { claim, NOW } from './rows.fixture'

let due: Claim[]
let broken: Set<string>
let worked: string[]
let asked: number[]
let ports: SyncPorts

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  due = []
  broken = new Set()
  worked = []
  asked = []
  ports = portsWith({
    ledger: {
      claimDue: async (limit) => {
        asked.push(limit)
        return due.splice(0, limit)
      },
      applySync: async ({ key }) => {
        worked.push(key)
        return { applied: true, again: false, waitMs: 0 }
      },
      failTarget: async () => {},
    },
    stripe: {
      listSubscriptions: async (id) => {
        vi.setSystemTime(Date.now() + 1000)
        if (broken.has(id)) throw new Error(`Stripe has no answer for ${id}`)
        return []
      },
    },
    sleep: async () => {},
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function targets(count: number): Claim[] {
  return Array.from({ length: count }, (_, n) => claim({ key: `cus_${n}` }))
}

describe('a drain', () => {
  it('reads everything that is due, a few at a time', async () => {
    due = targets(12)
    expect(await drain(ports, 'drain', 60_000)).toEqual({ done: 12, failed: 0 })
    expect(worked).toHaveLength(12)
    expect(asked).toEqual([5, 5, 5, 5])
  })

  it('goes on past a customer who cannot be read, counts them and says who', async () => {
    const error = vi.spyOn(log, 'error')
    due = targets(7)
    broken.add('cus_3')
    expect(await drain(ports, 'drain', 60_000)).toEqual({ done: 6, failed: 1 })
    expect(error).toHaveBeenCalledExactlyOnceWith(
      { target: 'cus_3', error: 'Error: Stripe has no answer for cus_3' },
      'sync failed; it will be tried again',
    )
  })

  it('begins nothing more when its time is up: what is left stays due for the next', async () => {
    due = targets(20)
    expect(await drain(ports, 'drain', 7000)).toEqual({ done: 10, failed: 0 })
    expect(due).toHaveLength(10)
  })

  it('without any time does nothing', async () => {
    due = targets(1)
    expect(await drain(ports, 'drain', 0)).toEqual({ done: 0, failed: 0 })
    expect(asked).toEqual([])
  })

  it('acts in the name of the job that runs it', async () => {
    const actors: unknown[] = []
    ports.ledger.applySync = async (_, { audits }) => {
      actors.push(...audits.map(({ actor }) => actor))
      return { applied: true, again: false, waitMs: 0 }
    }
    due = targets(1)
    await drain(ports, 'nightly', 60_000)
    expect(actors).toEqual([{ type: 'system', job: 'nightly' }])
  })

  it('stops when Postgres cannot say what is due', async () => {
    ports.ledger.claimDue = () => Promise.reject(new Error('connection refused'))
    await expect(drain(ports, 'drain', 60_000)).rejects.toThrow('connection refused')
  })
})

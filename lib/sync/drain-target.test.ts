import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Claim } from '@/db/queries/claim'
import { systemActor } from '@/lib/audit/actor'
import { drainTarget } from './drain-target'
import type { SyncPorts } from './ports'
import { portsWith } from './ports.fixture'
import { CUSTOMER, claim, NOW, snapshot } from './rows.fixture'

let steps: string[]
let arrivals: number
let taken: boolean
let fence: number
let ports: SyncPorts

beforeEach(() => {
  steps = []
  arrivals = 0
  taken = false
  fence = 7
  ports = portsWith({
    ledger: {
      claimTarget: async (_, options) => {
        steps.push(`claim ${options.fence}`)
        if (taken || options.fence !== fence) return { held: true, seq: 9, claim: null }
        fence += 1
        return { held: false, seq: 9, claim: claim({ fence }) }
      },
      claimDue: async () => [],
      applySync: async (held) => {
        steps.push(`apply ${held.fence}`)
        arrivals -= 1
        return { applied: true, again: arrivals >= 0, waitMs: arrivals >= 0 ? 1500 : 0 }
      },
      failTarget: async (held) => {
        steps.push(`give back ${held.fence}`)
      },
    },
    stripe: {
      listSubscriptions: async () => {
        steps.push('read')
        return [snapshot()]
      },
    },
    sleep: async (milliseconds) => {
      steps.push(`sleep ${milliseconds}`)
    },
  })
})

afterEach(() => {
  vi.useRealTimers()
})

const work = (held: Claim) => drainTarget(ports, held, systemActor('drain'))

describe('a process that has claimed a customer', () => {
  it('reads at once and is done when nothing came meanwhile', async () => {
    await work(claim())
    expect(steps).toEqual(['read', 'apply 7'])
  })

  it('waits out the debounce window before reading, and goes on with a new fence', async () => {
    await work(claim({ waitMs: 800 }))
    expect(steps).toEqual(['sleep 800', 'claim 7', 'read', 'apply 8'])
  })

  it('reads once more when events came during the read', async () => {
    arrivals = 1
    await work(claim())
    expect(steps).toEqual(['read', 'apply 7', 'sleep 1500', 'claim 7', 'read', 'apply 8'])
  })

  it('stays until the customer is clean', async () => {
    arrivals = 3
    await work(claim())
    expect(steps.filter((step) => step === 'read')).toHaveLength(4)
    expect(steps.at(-1)).toBe('apply 10')
  })

  it('gives the lease back after ten seconds of events that never stop, and another goes on', async () => {
    vi.useFakeTimers({ now: NOW })
    const kept: boolean[] = []
    ports.ledger.applySync = async (_, __, { keepLease }) => {
      kept.push(keepLease)
      return { applied: true, again: keepLease, waitMs: keepLease ? 2000 : 0 }
    }
    ports.sleep = async (milliseconds) => {
      vi.setSystemTime(Date.now() + milliseconds)
    }
    await work(claim())
    expect(kept).toEqual([true, true, true, true, true, false])
  })

  it('gives it back earlier, when its caller has no more time', async () => {
    const kept: boolean[] = []
    ports.ledger.applySync = async (_, __, { keepLease }) => {
      kept.push(keepLease)
      return { applied: true, again: keepLease, waitMs: 0 }
    }
    await drainTarget(ports, claim(), systemActor('drain'), Date.now() - 1)
    expect(kept).toEqual([false])
  })

  it('leaves without a read when a person took over during the wait', async () => {
    taken = true
    await work(claim({ waitMs: 800 }))
    expect(steps).toEqual(['sleep 800', 'claim 7'])
  })

  it('leaves when another process took over before the second read', async () => {
    arrivals = 1
    taken = true
    await work(claim())
    expect(steps).toEqual(['read', 'apply 7', 'sleep 1500', 'claim 7'])
  })

  it('gives back the claim that it holds, not the one that it began with', async () => {
    ports.stripe.listSubscriptions = () => Promise.reject(new Error(`no answer for ${CUSTOMER}`))
    await expect(work(claim({ waitMs: 800 }))).rejects.toThrow('no answer for cus_ada')
    expect(steps).toEqual(['sleep 800', 'claim 7', 'give back 8'])
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Ingested } from '@/db/queries/ledger'
import { claim } from '@/lib/sync/rows.fixture'
import type { InboxPorts } from './ports'
import { receiveEvent } from './receive'
import { sign } from './signed.fixture'

const SECRET = 'whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8'
const BODY = JSON.stringify({
  id: 'evt_1',
  object: 'event',
  created: 1_795_000_000,
  data: { object: { id: 'in_1', object: 'invoice', customer: 'cus_ada' } },
  livemode: false,
  type: 'invoice.paid',
})

let asked: number
let remembers: boolean
/** What a request is about to be made for, where one is. */
let waiting: string[] | null
let answer: () => Promise<Ingested>

beforeEach(() => {
  asked = 0
  remembers = false
  waiting = null
  answer = async () => ({ outcome: 'new', state: 'pending', claim: null })
})

function receive() {
  const ports: InboxPorts = {
    ingestEvent: () => answer(),
    isCommitted: async () => {
      asked += 1
      return remembers
    },
    rememberAlong: (id) => waiting?.push(id) !== undefined,
    secrets: [SECRET],
    now: () => new Date(),
    appEnv: 'test',
    livemode: false,
  }
  return receiveEvent(ports, Buffer.from(BODY), sign(BODY, { secrets: [SECRET] }))
}

describe('what Redis remembers', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is not asked for while Postgres answers', async () => {
    remembers = true
    expect((await receive()).body).toEqual({ status: 'accepted' })
    expect(asked).toBe(0)
  })

  it('is asked for once Postgres has kept us waiting for a second, and decides nothing', async () => {
    vi.useFakeTimers()
    remembers = true
    let come = (_: Ingested) => {}
    answer = () => new Promise((resolve) => (come = resolve))
    const sent = receive()
    await vi.advanceTimersByTimeAsync(999)
    expect(asked).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(asked).toBe(1)
    come({ outcome: 'new', state: 'pending', claim: null })
    expect((await sent).body).toEqual({ status: 'accepted' })
  })

  it('is asked for once, be Postgres late or failing', async () => {
    vi.useFakeTimers()
    remembers = true
    answer = () => new Promise(() => {})
    const sent = receive()
    await vi.advanceTimersByTimeAsync(5_000)
    expect((await sent).body).toEqual({ status: 'duplicate' })
    expect(asked).toBe(1)
  })

  it('is not asked for any more when the answer is given', async () => {
    vi.useFakeTimers()
    await receive()
    await vi.advanceTimersByTimeAsync(5_000)
    expect([asked, vi.getTimerCount()]).toEqual([0, 0])
  })
})

describe('what follows the answer', () => {
  it('is nothing where another process reads the customer, and a request with others remembers it', async () => {
    waiting = ['evt_0']
    expect((await receive()).stored).toBeNull()
    expect(waiting).toEqual(['evt_0', 'evt_1'])
  })

  it('is to remember it, where no request is about to be made', async () => {
    expect((await receive()).stored).toEqual({ eventId: 'evt_1', claim: null })
  })

  it('is the reading of its customer, even where a request could remember it', async () => {
    waiting = []
    const read = claim()
    answer = async () => ({ outcome: 'new', state: 'pending', claim: read })
    expect((await receive()).stored).toEqual({ eventId: 'evt_1', claim: read })
    expect(waiting).toEqual([])
  })

  it('is nothing of an event that could not be stored, which no memory may have', async () => {
    waiting = []
    answer = () => Promise.reject(new Error('connection lost'))
    expect((await receive()).stored).toBeNull()
    expect(waiting).toEqual([])
  })
})

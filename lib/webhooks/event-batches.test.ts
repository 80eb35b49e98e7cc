import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Ingested, NewEvent } from '@/db/queries/ledger'
import { anEvent } from '@/lib/sync/one-customer.fixture'
import { EventBatches } from './event-batches'

const NEW: Ingested = { outcome: 'new', state: 'pending', claim: null }
const DUPLICATE: Ingested = { outcome: 'duplicate', state: 'done', claim: null }

type Statement = {
  events: readonly NewEvent[]
  isAlone: boolean
  answer: (answers: (Ingested | null)[]) => void
  fail: (error: Error) => void
}

let statements: Statement[]
let batches: EventBatches

beforeEach(() => {
  vi.useFakeTimers()
  statements = []
  const ask = (events: readonly NewEvent[], isAlone: boolean) =>
    new Promise<(Ingested | null)[]>((answer, fail) => {
      statements.push({ events, isAlone, answer, fail })
    })
  batches = new EventBatches({
    async one(event) {
      const [answer] = await ask([event], true)
      if (!answer) throw new Error('The test gave no answer.')
      return answer
    },
    several: (events) => ask(events, false),
  })
})

afterEach(() => {
  vi.useRealTimers()
})

/** A delivery of an event, and what became of it. */
function deliver(event: NewEvent = anEvent()) {
  const delivery = { event, became: 'waits' as unknown }
  batches.ingest(event).then(
    ({ outcome }) => {
      delivery.became = outcome
    },
    (error) => {
      delivery.became = error
    },
  )
  return delivery
}

const deliverMany = (n: number, payload = '{}') =>
  Array.from({ length: n }, () => deliver({ ...anEvent(), payload }))

const sizes = () => statements.map(({ events }) => events.length)

/** So much time, and whatever follows from what has been answered. */
const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds)

async function answer(nth: number, ...answers: (Ingested | null)[]) {
  const statement = statements[nth]
  statement?.answer(statement.events.map((_, n) => answers[n] ?? NEW))
  await pass()
}

it('a delivery that comes alone is stored at once and by itself', async () => {
  const ada = deliver()
  expect(statements).toMatchObject([{ events: [ada.event], isAlone: true }])
  await answer(0)
  expect([ada.became, vi.getTimerCount()]).toEqual(['new', 0])
})

it('what comes while another is being stored is stored together, once that one has its answer', async () => {
  const ada = deliver()
  const [grace, alan] = [deliver(), deliver()]
  expect(sizes()).toEqual([1])
  await answer(0)
  expect(ada.became).toBe('new')
  expect(statements[1]).toMatchObject({ events: [grace.event, alan.event], isAlone: false })
  expect([grace.became, alan.became]).toEqual(['waits', 'waits'])
})

it('each of those that are stored together gets its own answer', async () => {
  deliver()
  const [grace, alan, kurt] = deliverMany(3)
  await answer(0)
  statements[1]?.answer([NEW, DUPLICATE, NEW])
  await pass()
  expect([grace?.became, alan?.became, kurt?.became]).toEqual(['new', 'duplicate', 'new'])
})

describe('one that another transaction holds up', () => {
  it('is stored by itself, and neither its neighbors nor those after it wait for it', async () => {
    deliver()
    const [held, free] = deliverMany(2)
    await answer(0)
    const next = deliver()
    statements[1]?.answer([null, NEW])
    await pass()
    expect([held?.became, free?.became]).toEqual(['waits', 'new'])
    expect(statements[2]).toMatchObject({ events: [held?.event], isAlone: true })
    expect(statements[3]).toMatchObject({ events: [next.event] })
    await answer(3)
    await answer(2)
    expect([next.became, held?.became]).toEqual(['new', 'new'])
  })

  it('gets the error that it then meets, and no other gets it', async () => {
    deliver()
    const [bad, good] = deliverMany(2)
    await answer(0)
    statements[1]?.answer([null, null])
    await pass()
    const error = new Error('Postgres refuses it')
    statements[2]?.fail(error)
    await answer(3)
    expect([bad?.became, good?.became]).toEqual([error, 'new'])
  })
})

describe('several of one customer whom another transaction holds', () => {
  const deliverTo = (targetKey: string) => deliver({ ...anEvent(), targetKey })

  it('take one connection: one waits for the customer, and the others come together after it', async () => {
    deliver()
    const held = [deliverTo('cus_ada'), deliverTo('cus_ada'), deliverTo('cus_ada')]
    await answer(0)
    statements[1]?.answer([null, null, null])
    await pass()
    expect(sizes()).toEqual([1, 3, 1])
    await answer(2)
    expect(sizes()).toEqual([1, 3, 1, 2])
    await answer(3)
    expect(held.map(({ became }) => became)).toEqual(['new', 'new', 'new'])
  })

  it('are tried one after the other where none of them can be stored', async () => {
    deliver()
    const held = [deliverTo('cus_ada'), deliverTo('cus_ada')]
    await answer(0)
    statements[1]?.answer([null, null])
    await pass()
    const error = new Error('The customer is held.')
    statements[2]?.fail(error)
    await pass()
    statements[3]?.fail(error)
    await pass()
    expect([sizes(), held.map(({ became }) => became)]).toEqual([
      [1, 2, 1, 1],
      [error, error],
    ])
  })

  it('do not wait for one of another customer', async () => {
    deliver()
    const [ada, grace] = [deliverTo('cus_ada'), deliverTo('cus_grace')]
    await answer(0)
    statements[1]?.answer([null, null])
    await pass()
    await answer(3)
    expect([ada.became, grace.became]).toEqual(['waits', 'new'])
  })
})

describe('a statement that is late', () => {
  it('holds up what came meanwhile for a twentieth of a second, and no longer', async () => {
    const late = deliver()
    const others = deliverMany(2)
    await pass(49)
    expect(sizes()).toEqual([1])
    await pass(1)
    expect(sizes()).toEqual([1, 2])
    await answer(1)
    expect([late.became, ...others.map(({ became }) => became)]).toEqual(['waits', 'new', 'new'])
  })

  it('still has its own answer, which begins nothing a second time', async () => {
    const late = deliver()
    await pass(50)
    deliver()
    const waits = deliver()
    await answer(0)
    expect([late.became, waits.became, sizes()]).toEqual(['new', 'waits', [1, 1]])
    await answer(1)
    expect(sizes()).toEqual([1, 1, 1])
  })
})

it('where Postgres is away each of them hears of it, and the next delivery asks anew', async () => {
  const first = deliver()
  const others = deliverMany(2)
  const away = new Error('Postgres is away')
  statements[0]?.fail(away)
  // The second statement does not follow at once: a moment later there may be a connection.
  await pass(49)
  expect([first.became, sizes()]).toEqual([away, [1]])
  await pass(1)
  statements[1]?.fail(away)
  await pass()
  expect([first.became, ...others.map(({ became }) => became)]).toEqual([away, away, away])
  expect(sizes()).toEqual([1, 2])

  await pass(50)
  const next = deliver()
  await answer(2)
  expect(next.became).toBe('new')
})

describe('a statement has a size', () => {
  it('of fifty events, and the rest follows', async () => {
    deliver()
    deliverMany(120)
    for (let nth = 0; nth < 4; nth += 1) await answer(nth)
    expect(sizes()).toEqual([1, 50, 50, 20])
  })

  it('of a mebibyte of payloads, and one that is larger than what is left goes with the next', async () => {
    deliver()
    deliverMany(5, 'x'.repeat(400_000))
    for (let nth = 0; nth < 4; nth += 1) await answer(nth)
    expect(sizes()).toEqual([1, 2, 2, 1])
  })
})

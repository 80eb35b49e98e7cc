import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AnswersFirst } from './answers-first'

let line: AnswersFirst
let begun: string[]

beforeEach(() => {
  // Node's own loop goes on: what has arrived is taken up between two that begin.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  line = new AnswersFirst()
  begun = []
})

afterEach(() => {
  vi.useRealTimers()
})

type Pending = { end: () => void; fail: () => void; result: Promise<unknown> }

/** Work that goes on until `end` or `fail` is called. */
function pending(begin: (work: () => Promise<void>) => Promise<unknown>, name: string): Pending {
  let settle = { end: () => {}, fail: () => {} }
  const over = new Promise<void>((end, reject) => {
    settle = { end, fail: () => reject(new Error('Postgres is away')) }
  })
  const result = begin(() => {
    begun.push(name)
    return over
  })
  result.catch(() => {})
  return { ...settle, result }
}

const delivery = () => pending((work) => line.storing(work), 'a delivery')
const follow = (name: string) => pending((work) => line.following(work), name)

/** So many customers, each to be read. */
const customers = (n: number) => Array.from({ length: n }, (_, each) => follow(`cus_${each}`))
const read = () => begun.filter((name) => name !== 'a delivery')

const oneRound = () => new Promise((resolve) => setImmediate(resolve))

/** So long, and as many rounds of Node's loop as there can be that begin. */
async function pass(milliseconds = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds)
  for (let round = 0; round < 20; round += 1) await oneRound()
}

it('a customer is read at once where no delivery waits', async () => {
  follow('cus_ada')
  expect([begun, vi.getTimerCount()]).toEqual([['cus_ada'], 0])
})

it('eight are read at once, and the next begins when one of them ends, in the order in which they came', async () => {
  const all = customers(11)
  expect(read()).toHaveLength(8)
  all[3]?.end()
  await pass()
  expect(read().slice(8)).toEqual(['cus_8'])
  all[0]?.end()
  await pass()
  expect(read().slice(8)).toEqual(['cus_8', 'cus_9'])
})

it('while a delivery waits for its answer none is read', async () => {
  delivery()
  customers(4)
  await pass(999)
  expect(read()).toEqual([])
})

it('none takes the place of one that ends while a delivery waits', async () => {
  const all = customers(9)
  delivery()
  all[0]?.end()
  await pass()
  expect(read()).toHaveLength(8)
})

it('once the last delivery has its answer the rest begins', async () => {
  const deliveries = [delivery(), delivery()]
  customers(5)
  deliveries[0]?.end()
  await pass()
  expect(read()).toHaveLength(0)
  deliveries[1]?.end()
  await pass()
  expect([read().length, vi.getTimerCount()]).toEqual([5, 0])
})

it('they begin one by one: a delivery that arrives meanwhile stops the rest', async () => {
  const first = delivery()
  customers(5)
  first.end()
  await first.result
  await oneRound()
  const second = delivery()
  await pass()
  expect(read()).toEqual(['cus_0'])
  second.end()
  await pass()
  expect(read()).toHaveLength(5)
})

it('one that comes just then overtakes none that waits', async () => {
  const first = delivery()
  customers(2)
  first.end()
  await first.result
  follow('cus_last')
  await pass()
  expect(read()).toEqual(['cus_0', 'cus_1', 'cus_last'])
})

it('a delivery that could not be stored keeps no customer waiting', async () => {
  const { fail, result } = delivery()
  customers(3)
  fail()
  await expect(result).rejects.toThrow('Postgres is away')
  await pass()
  expect(read()).toHaveLength(3)
})

it('a customer whose read fails leaves its place to the next', async () => {
  const all = customers(9)
  all[0]?.fail()
  await expect(all[0]?.result).rejects.toThrow('Postgres is away')
  await pass()
  expect(read()).toHaveLength(9)
})

it('where deliveries never stop none is read for a second, then eight at once', async () => {
  delivery()
  const all = customers(11)
  await pass(999)
  expect(read()).toHaveLength(0)
  await pass(1)
  expect(read()).toHaveLength(8)
  all[0]?.end()
  await pass()
  expect(read()).toHaveLength(9)
})

it('once no one is late the deliveries go first again', async () => {
  const { end } = delivery()
  const all = customers(3)
  await pass(1_000)
  expect(read()).toHaveLength(3)
  follow('cus_late')
  for (const each of all) each.end()
  await pass()
  expect(read()).not.toContain('cus_late')
  end()
  await pass()
  expect(read()).toContain('cus_late')
})

it('a customer waits for three seconds and no longer, however many are read', async () => {
  const all = customers(10)
  await pass(2_999)
  expect(read()).toHaveLength(8)
  await pass(1)
  expect([read().length, vi.getTimerCount()]).toEqual([10, 0])
  // They count: no further one begins until they have ended.
  follow('cus_late')
  for (const nth of [0, 1]) all[nth]?.end()
  await pass()
  expect(read()).not.toContain('cus_late')
  all[2]?.end()
  await pass()
  expect(read()).toContain('cus_late')
})

it('a late one that has begun begins no second time, and leaves no timer', async () => {
  delivery()
  const all = customers(3)
  await pass(1_000)
  expect([read().length, vi.getTimerCount()]).toEqual([3, 0])
  for (const each of all) each.end()
  await pass(5_000)
  customers(3)
  await pass()
  expect(read()).toHaveLength(3)
})

it('one that is late lets in no other that is not', async () => {
  delivery()
  customers(3)
  await pass(500)
  customers(2)
  await pass(500)
  expect(read()).toHaveLength(3)
})

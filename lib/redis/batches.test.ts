import { expect, test, vi } from 'vitest'
import { Batches } from './batches'

/** Requests that end when the test says so. */
function network() {
  const requests: { items: readonly number[]; end: () => void }[] = []
  const send = (items: readonly number[]) =>
    new Promise<string[]>((resolve) => {
      const end = () => resolve(items.map((item) => `answer ${item}`))
      requests.push({ items, end })
    })
  return { requests, send }
}

const begun = (requests: unknown[], n: number) => vi.waitFor(() => expect(requests).toHaveLength(n))

test('one that comes alone goes at once, and what comes meanwhile shares the next request', async () => {
  const { requests, send } = network()
  const batches = new Batches(send, { everyMs: 0, most: 10 })
  const first = batches.add(1)
  await begun(requests, 1)
  const others = Promise.all([batches.add(2), batches.add(3)])
  requests[0]?.end()
  expect(await first).toBe('answer 1')
  await begun(requests, 2)
  requests[1]?.end()
  expect(await others).toEqual(['answer 2', 'answer 3'])
  expect(requests.map(({ items }) => items)).toEqual([[1], [2, 3]])
})

test('a caller waits for the request itself, not for a place in a queue', async () => {
  const { requests, send } = network()
  const batches = new Batches(send, { everyMs: 0, most: 10 })
  let over = false
  const done = batches.add(1).then(() => {
    over = true
  })
  await begun(requests, 1)
  expect(over).toBe(false)
  requests[0]?.end()
  await done
})

test('requests begin no sooner after one another than asked for', async () => {
  const began: number[] = []
  const batches = new Batches<number, number>(
    async (items) => {
      began.push(performance.now())
      return items
    },
    { everyMs: 50, most: 10 },
  )
  await batches.add(1)
  await batches.add(2)
  // Node rounds a timer's time down to whole milliseconds.
  expect((began[1] ?? 0) - (began[0] ?? 0)).toBeGreaterThanOrEqual(48)
})

test('more than may wait are let go at once, and the rest is sent', async () => {
  const { requests, send } = network()
  const batches = new Batches(send, { everyMs: 0, most: 2 })
  const kept = [batches.add(1), batches.add(2)]
  expect(await batches.add(3)).toBeUndefined()
  await begun(requests, 1)
  requests[0]?.end()
  expect(await Promise.all(kept)).toEqual(['answer 1', 'answer 2'])
})

test('what is sent along shares the next request of others, and without one it is not sent', async () => {
  const { requests, send } = network()
  const batches = new Batches(send, { everyMs: 0, most: 2 })
  expect(batches.addAlong(1)).toBe(false)
  const first = batches.add(2)
  expect([batches.addAlong(3), batches.addAlong(4)]).toEqual([true, true])
  await begun(requests, 1)
  // That one is on its way: nothing can join it any more.
  expect(batches.addAlong(5)).toBe(false)
  requests[0]?.end()
  expect(await first).toBe('answer 2')
  expect(requests.map(({ items }) => items)).toEqual([[2, 3]])
})

test('a request that fails fails those who share it, and no later request', async () => {
  let broken = true
  const batches = new Batches<number, number>(
    async (items) => {
      if (broken) throw new Error('broken')
      return items
    },
    { everyMs: 0, most: 10 },
  )
  await expect(batches.add(1)).rejects.toThrow('broken')
  broken = false
  expect(await batches.add(2)).toBe(2)
})

import { expect, test } from 'vitest'
import type { Sandbox } from '@/sandbox/sandbox'
import { startSandbox } from '@/sandbox/server'
import { renewEverybody, subscribeMany } from './subscribers'

test('a renewal looks at no more records among many subscribers than among few', async () => {
  const few = await lookedAt(20)
  const many = await lookedAt(160)
  expect(many.perRenewal).toBeLessThan(few.perRenewal * 1.1)
  expect(many.paid).toBe(320)
})

/** How many records are read for each renewal, when so many renew in one jump. */
async function lookedAt(subscribers: number) {
  const { sandbox, stop } = await startSandbox({ port: 0 })
  sandbox.deliverer.pause()
  subscribeMany(sandbox, subscribers)
  const count = countReads(sandbox)
  renewEverybody(sandbox)
  const perRenewal = count.reads / subscribers
  const paid = [...sandbox.store.all('invoice')].filter(({ status }) => status === 'paid').length
  await stop()
  return { perRenewal, paid }
}

function countReads({ store }: Sandbox) {
  const count = { reads: 0 }
  const { all, by, find } = store
  store.find = (kind, id) => {
    count.reads += 1
    return find(kind, id)
  }
  store.by = (kind, field, value) => {
    const found = by(kind, field, value)
    count.reads += found.length
    return found
  }
  store.all = function* (kind) {
    for (const record of all(kind)) {
      count.reads += 1
      yield record
    }
  }
  return count
}

import { expect, test } from 'vitest'
import { directly } from '@/sandbox/test/fidelity/direct'
import { startReceiver, startWorld } from '@/sandbox/test/world'

test('while an endpoint is down, an attempt looks at no more deliveries among many than among few', async () => {
  const few = await lookedAt(50)
  const many = await lookedAt(400)
  expect(many).toBeLessThan(few * 1.5)
})

/** How many deliveries are read for each attempt, when so many events fail. */
async function lookedAt(events: number): Promise<number> {
  const receiver = await startReceiver(() => 500)
  const { sandbox, stop } = await startWorld({ retryDelays: [3_600_000] })
  sandbox.deliverer.pause()
  const call = directly(sandbox)
  call('POST', '/v1/webhook_endpoints', { url: receiver.url, 'enabled_events[0]': '*' })
  for (let nth = 0; nth < events; nth += 1) call('POST', '/v1/customers', { name: String(nth) })
  const { find } = sandbox.store
  let reads = 0
  sandbox.store.find = (kind, id) => {
    if (kind === 'delivery') reads += 1
    return find(kind, id)
  }
  sandbox.deliverer.resume()
  await receiver.count(events)
  const perAttempt = reads / events
  await stop()
  await receiver.stop()
  return perAttempt
}

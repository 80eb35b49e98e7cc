import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { addCatalog, card, openCheckout, startWorld } from '@/sandbox/test/world'

const DAY = 86_400

async function advance(url: string, seconds: number) {
  const body = JSON.stringify({ advance: seconds })
  const response = await fetch(`${url}/_sandbox/clock`, { method: 'POST', body })
  return (await response.json()) as { now: number }
}

async function toldBy(url: string): Promise<number> {
  const headers = { Authorization: 'Bearer sk_test_local' }
  const response = await fetch(`${url}/v1/customers`, { headers })
  return Number(response.headers.get('sandbox-now'))
}

test('every answer of the API carries the business time, also after a jump and a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-clock-'))
  const world = await startWorld({ dataDir })
  expect(Math.abs((await toldBy(world.url)) - Date.now() / 1000)).toBeLessThan(3)
  const { now } = await advance(world.url, 400 * DAY)
  expect((await toldBy(world.url)) - now).toBeLessThan(3)
  await world.stop()
  const again = await startWorld({ dataDir })
  expect((await toldBy(again.url)) - now).toBeLessThan(3)
  await again.stop()
})

test('a jump of a year emits what happened on the way in the order in which it happened', async () => {
  const world = await startWorld()
  const { proMonthly } = await addCatalog(world.stripe)
  for (let buyer = 0; buyer < 3; buyer++) {
    const { session } = await openCheckout(world.stripe, proMonthly.id)
    await payCheckout(world.sandbox, session.id, card())
    await advance(world.url, 5 * DAY)
  }
  await advance(world.url, 365 * DAY)
  const instants = [...world.sandbox.store.all('event')].map(({ created }) => created)
  expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  const paid = [...world.sandbox.store.all('event')].filter(({ type }) => type === 'invoice.paid')
  expect(paid).toHaveLength(3 + 3 * 12)
  await world.stop()
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { AFTER_RETRIES, type AfterRetries, setDunning } from '@/sandbox/lifecycle/dunning/policy'
import { render } from '@/sandbox/objects/render'
import { startSandbox } from '@/sandbox/server'
import { mistakesInAnswer } from './answers'
import { callAll, PARTS } from './calls/all'
import { directly } from './direct'
import { liveAtRandom, openShop } from './moves'

// What an app asks for and what time brings: together they tell of nearly everything.
const LIVES_PER_ENDING = 10

const seen = new Set<string>()
const mistakes = new Set<string>()

beforeAll(async () => {
  for (const calls of Object.values(PARTS)) {
    const { events } = await callAll(calls)
    for (const { type } of events) seen.add(type)
  }
  for (const [nth, ending] of AFTER_RETRIES.entries()) await live(ending, nth * LIVES_PER_ENDING)
}, 120_000)

test('every event of random lives, and all that is left of them, is in the shapes of the SDK', () => {
  expect([...mistakes]).toEqual([])
})

test('every event that the sandbox can write is written in some story', () => {
  expect(written().filter((type) => !seen.has(type))).toEqual([])
})

/** Some lives in one account, whose last retry ends as `after_retries` says. */
async function live(after_retries: AfterRetries, firstSeed: number) {
  const { sandbox, stop } = await startSandbox({ port: 0 })
  sandbox.change(null, (tx) => setDunning(tx, { after_retries }))
  const call = directly(sandbox)
  const shop = openShop(call)
  for (let nth = 0; nth < LIVES_PER_ENDING; nth += 1)
    liveAtRandom(sandbox, call, shop, firstSeed + nth)
  sandbox.change(null, (tx) => {
    const note = (object: object) => {
      for (const mistake of mistakesInAnswer(render(tx, object))) mistakes.add(mistake)
    }
    for (const event of tx.all('event')) {
      seen.add(event.type)
      note(event)
    }
    for (const kind of LEFT) for (const row of tx.all(kind)) note(row)
  })
  await stop()
}

const LEFT = [
  'charge',
  'customer',
  'discount',
  'dispute',
  'invoice',
  'invoice_payment',
  'invoiceitem',
  'payment_intent',
  'payment_method',
  'refund',
  'subscription',
  'subscription_schedule',
] as const

/** The names of events in the sandbox's own source. */
function written(): string[] {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const source = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')
  const names = Array.from(source.matchAll(/emit\(\s*'([a-z_.]+)'/g), ([, name]) => name ?? '')
  return [...new Set(names)].filter((name) => !name.startsWith('sandbox.')).sort()
}

import { beforeAll, expect, test } from 'vitest'
import { ENDPOINTS } from '@/sandbox/api/endpoints'
import { createRouter } from '@/sandbox/http/router'
import { violationsInAnswer } from './answers'
import { callAll, PARTS } from './calls/all'
import { liveSome } from './random-lifecycles'
import { writtenEvents } from './written-events'

type Said = Awaited<ReturnType<typeof callAll>>

// Half as many in the short run, among which every event that is written still comes.
const LIVES_PER_ENDING = process.env.SOAKS === 'no' ? 5 : 10

const said = new Map<string, Said | Error>()

beforeAll(async () => {
  for (const [part, calls] of Object.entries(PARTS))
    said.set(part, await callAll(calls).catch((error: Error) => error))
}, 120_000)

for (const part of Object.keys(PARTS)) {
  test(`what an app asks about ${part} is accepted, and answered in the SDK's own shapes`, () => {
    const { exchanges } = heard(part)
    const answered = exchanges.filter(({ body }) => body.error === undefined)
    const violations = answered.flatMap(({ method, path, body, expand }) =>
      violationsInAnswer(body, expand).map((violation) => `${method} ${path}: ${violation}`),
    )
    expect([...new Set(violations)]).toEqual([])
  })
}

test('a request that comes again under its key is answered as before, and changes nothing', () => {
  const all = Object.keys(PARTS).flatMap((part) => heard(part).exchanges)
  const wrong = all.filter(({ replay }) => replay.length > 0)
  expect(wrong.map(({ path, replay }) => `${path}: ${replay.join(', ')}`)).toEqual([])
  expect(all.filter(({ method }) => method === 'POST').length).toBeGreaterThan(100)
})

test('everything that the API serves is asked for by some call of an app', () => {
  const route = createRouter(ENDPOINTS)
  const asked = Object.keys(PARTS)
    .flatMap((part) => heard(part).exchanges)
    .map(({ method, path }) => route(method, path)?.endpoint)
  const never = ENDPOINTS.filter((endpoint) => !asked.includes(endpoint))
  expect(never.map(({ method, path }) => `${method} ${path}`)).toEqual([])
})

test('every event of random lifecycles, and all that is left of them, is in the shapes of the SDK', async () => {
  const { types, violations } = await liveSome(LIVES_PER_ENDING)
  expect([...violations]).toEqual([])
  for (const part of Object.keys(PARTS)) for (const { type } of heard(part).events) types.add(type)
  const never = writtenEvents().filter((type) => !types.has(type))
  expect({ 'written in no story': never }).toEqual({ 'written in no story': [] })
}, 120_000)

function heard(part: string): Said {
  const found = said.get(part)
  if (found instanceof Error) throw found
  if (!found) throw new Error(`Nothing was asked about ${part}.`)
  return found
}

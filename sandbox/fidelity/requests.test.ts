import { beforeAll, expect, test } from 'vitest'
import { createRouter } from '@/sandbox/http/router'
import { ENDPOINTS } from '@/sandbox/resources/endpoints'
import { mistakesInAnswer } from './answers'
import { callAll, PARTS } from './calls/all'

type Said = Awaited<ReturnType<typeof callAll>>

const said = new Map<string, Said | Error>()

beforeAll(async () => {
  for (const [part, calls] of Object.entries(PARTS))
    said.set(part, await callAll(calls).catch((error: Error) => error))
}, 120_000)

for (const part of Object.keys(PARTS)) {
  test(`what an app asks about ${part} is accepted, and answered in the SDK's own shapes`, () => {
    const { exchanges } = heard(part)
    const mistakes = exchanges.flatMap(({ method, path, body, expand }) =>
      mistakesInAnswer(body, expand).map((mistake) => `${method} ${path}: ${mistake}`),
    )
    expect([...new Set(mistakes)]).toEqual([])
  })
}

test('everything that the API serves is asked for by some call of an app', () => {
  const route = createRouter(ENDPOINTS)
  const asked = Object.keys(PARTS)
    .flatMap((part) => heard(part).exchanges)
    .map(({ method, path }) => route(method, path)?.endpoint)
  const never = ENDPOINTS.filter((endpoint) => !asked.includes(endpoint))
  expect(never.map(({ method, path }) => `${method} ${path}`)).toEqual([])
})

function heard(part: string): Said {
  const found = said.get(part)
  if (found instanceof Error) throw found
  if (!found) throw new Error(`Nothing was asked about ${part}.`)
  return found
}

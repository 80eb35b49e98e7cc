import { expect, test } from 'vitest'
import type { Sighting } from './sighting'
import { sqlCalls } from './sql-calls'

function watching() {
  const seen: Sighting[] = []
  const watch = sqlCalls((sighting) => {
    seen.push(sighting)
    return undefined
  })
  return { seen, watch }
}

/** A message of PostgreSQL's protocol: one byte of type, four of length, the rest. */
function message(type: string, body: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(4 + body.length)
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body)])
}

const PARSE = message('P', '\0select ingest_event($1) as answer\0')
const DESCRIBE = Buffer.concat([message('D', 'S\0'), message('H', '')])
const RUN = Buffer.concat([message('B', 'cus_1'), message('E', '\0'), message('S', '')])

test('a call is seen when it is run, not when it is named', () => {
  const { seen, watch } = watching()
  watch(Buffer.concat([PARSE, DESCRIBE]), 'up', 1)
  watch(message('t', 'its parameters'), 'down', 1)
  expect(seen).toEqual([])
  watch(RUN, 'up', 1)
  expect(seen).toMatchObject([{ what: 'ingest_event', way: 'up' }])
  expect(seen[0]?.text).toContain('cus_1')
})

test('several in one statement are seen as that', () => {
  const { seen, watch } = watching()
  const two = 'select ingest_event($1) union all select ingest_event($2)'
  watch(Buffer.concat([message('P', `\0${two}\0`), RUN]), 'up', 1)
  expect(seen).toMatchObject([{ what: 'several ingest_event' }])
})

test('its answer is seen once, with what was asked', () => {
  const { seen, watch } = watching()
  watch(Buffer.concat([PARSE, RUN]), 'up', 1)
  watch(message('D', 'a row'), 'down', 1)
  watch(message('Z', 'I'), 'down', 1)
  expect(seen.map(({ way }) => way)).toEqual(['up', 'down'])
  expect(seen[1]?.text).toMatch(/cus_1[\s\S]*a row/)
})

test('what another connection does is not mistaken for it', () => {
  const { seen, watch } = watching()
  watch(PARSE, 'up', 1)
  watch(RUN, 'up', 2)
  watch(message('D', 'a row'), 'down', 2)
  expect(seen).toEqual([])
})

test('a statement of any other kind passes unseen', () => {
  const { seen, watch } = watching()
  watch(message('Q', 'select 1\0'), 'up', 1)
  watch(message('D', '1'), 'down', 1)
  expect(seen).toEqual([])
})

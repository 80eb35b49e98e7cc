import { expect, it } from 'vitest'
import { readableLine } from './readable-line'

const line = (fields: Record<string, unknown>, level = 30) =>
  readableLine(
    JSON.stringify({ level, time: '2026-11-27T18:00:00.000Z', msg: 'event stored', ...fields }),
  ).replace(/^\d\d:\d\d:\d\d /, '')

it('a step of billing reads as a sentence with its time, its ids in short and what came of it', () => {
  const said = line({ event: 'evt_1QxYzAbCdEfGh', type: 'invoice.paid', status: 'accepted' })
  expect(said).toBe('· event stored  evt_…CdEfGh  type invoice.paid  status accepted')
})

it('what went wrong is marked, and what is empty is left out', () => {
  expect(line({ error: 'Error: no', retry: null, actions: [] }, 50)).toBe(
    '✗ event stored  error Error: no',
  )
  expect(line({ reason: 'stale' }, 40)).toBe('! event stored  reason stale')
})

it('a short id, a list and an object stay readable', () => {
  expect(line({ customer: 'cus_12345678', actions: ['a.b', 'c.d'], left: { n: 2 } })).toBe(
    '· event stored  cus_12345678  actions a.b, c.d  left {"n":2}',
  )
})

it('words that others sent make no line and no order for the terminal', () => {
  expect(line({ error: 'x\n18:00:01 · all is well\u001b[2J' })).toBe(
    '· event stored  error x�18:00:01 · all is well�[2J',
  )
})

it.each([
  '✓ Compiled /pricing in 2s',
  '{"looks": "like JSON"}',
  '{broken',
  '',
  '[1,2]',
  '{"level":30,"time":1,"msg":"x"}',
])('what is no line of the log stays as it is: %s', (other) => {
  expect(readableLine(other)).toBe(other)
})

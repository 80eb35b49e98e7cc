import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { log } from '@/lib/log'
import { RefusedDeliveries } from './refused-deliveries'

let time: number
let deliveries: RefusedDeliveries
let said: unknown[]

beforeEach(() => {
  time = 0
  deliveries = new RefusedDeliveries(() => time)
  said = []
  vi.spyOn(log, 'warn').mockImplementation((line: unknown) => {
    said.push(line)
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

it('the first refusal is logged at once, and a flood of them once a minute, with their number', () => {
  for (let n = 0; n < 1000; n += 1) deliveries.note(400, 'no signature matches', 'Look.')
  expect(said).toEqual([{ status: 400, reason: 'no signature matches', refused: 1 }])
  time = 60_000
  deliveries.note(400, 'no signature matches', 'Look.')
  expect(said).toEqual([
    { status: 400, reason: 'no signature matches', refused: 1 },
    { status: 400, reason: 'no signature matches', refused: 1000 },
  ])
})

it('a flood of one reason does not hide another', () => {
  for (let n = 0; n < 1000; n += 1) deliveries.note(400, 'malformed signature header', 'Look.')
  deliveries.note(400, 'no signature matches', 'Look.')
  expect(said).toHaveLength(2)
})

it('a client cannot make new reasons by varying numbers', () => {
  for (let n = 301; n < 1301; n += 1) deliveries.note(400, `signed ${n} seconds ago`, 'Look.')
  expect(said).toEqual([{ status: 400, reason: 'signed 301 seconds ago', refused: 1 }])
})

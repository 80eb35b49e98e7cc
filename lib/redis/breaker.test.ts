import { expect, test } from 'vitest'
import { Breaker } from './breaker'

function breakerAt() {
  const clock = { now: 1_000 }
  return { clock, breaker: new Breaker(() => clock.now) }
}

test('two failures change nothing, the third opens it for ten seconds', () => {
  const { breaker, clock } = breakerAt()
  expect([breaker.failed(), breaker.failed(), breaker.allows()]).toEqual([false, false, true])
  expect(breaker.failed()).toBe(true)
  expect(breaker.allows()).toBe(false)
  clock.now += 9_999
  expect(breaker.allows()).toBe(false)
})

test('a success in between starts the count again', () => {
  const { breaker } = breakerAt()
  breaker.failed()
  breaker.failed()
  expect(breaker.succeeded()).toBe(false)
  breaker.failed()
  breaker.failed()
  expect(breaker.allows()).toBe(true)
})

test('after ten seconds one call tries for all', () => {
  const { breaker, clock } = breakerAt()
  for (let at = 0; at < 3; at++) breaker.failed()
  clock.now += 10_000
  expect([breaker.allows(), breaker.allows()]).toEqual([true, false])
  expect(breaker.succeeded()).toBe(true)
  expect([breaker.allows(), breaker.allows()]).toEqual([true, true])
})

test('a failed try keeps it open for another ten seconds', () => {
  const { breaker, clock } = breakerAt()
  for (let at = 0; at < 3; at++) breaker.failed()
  clock.now += 10_000
  expect(breaker.allows()).toBe(true)
  expect(breaker.failed()).toBe(false)
  clock.now += 9_999
  expect(breaker.allows()).toBe(false)
  clock.now += 1
  expect(breaker.allows()).toBe(true)
})

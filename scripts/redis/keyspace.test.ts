import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Keyspace } from './keyspace'
import { Text } from './values'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('what expired is gone at once, and its memory is free after a few sweeps', () => {
  const keys = new Keyspace()
  for (let at = 0; at < 2_500; at++) keys.write(`short-${at}`, new Text('x'), Date.now() + 10)
  keys.write('long', new Text('x'), null)
  vi.advanceTimersByTime(11)
  expect(keys.peek('short-7')).toBeUndefined()
  expect([...keys.keys()].map(({ key }) => key)).toEqual(['long'])

  for (let at = 0; at < 2_500; at++) keys.write(`again-${at}`, new Text('x'), Date.now() + 10)
  vi.advanceTimersByTime(11)
  keys.sweep()
  expect(keys.held).toBe(1_502)
  keys.sweep()
  keys.sweep()
  expect(keys.held).toBe(1)
})

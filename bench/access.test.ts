import { expect, test } from 'vitest'
import { costs } from './access'

test('a question costs the round trips that turns without it do not take', () => {
  expect(costs([60, 110, 110], 50)).toEqual({ cold: 1, warm: 0 })
  expect(costs([60, 160, 260], 50)).toEqual({ cold: 2, warm: 2 })
})

import { expect, test } from 'vitest'
import { readOptions } from './options'

test('without a word everything is measured in five rounds, and memory is left out', () => {
  expect(readOptions([])).toEqual({ rounds: 5, only: null, memory: false, json: false })
})

test('one section alone, and as many rounds as one likes', () => {
  const asked = readOptions(['--only', 'webhook', '--rounds', '9', '--json'])
  expect(asked).toMatchObject({ only: 'webhook', rounds: 9, json: true })
})

test.each([
  [['--only', 'everything'], '--only takes one of: webhook'],
  [['--rounds', 'many'], '--rounds many is no number'],
  [['--rounds', '0'], '--rounds 0 is no number'],
])('%j is a slip, and says so', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence)
})

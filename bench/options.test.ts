import { expect, test } from 'vitest'
import { readOptions } from './options'

test('without a word everything is measured in five rounds', () => {
  expect(readOptions([])).toEqual({
    rounds: 5,
    only: null,
    scale: null,
    growth: false,
    tests: false,
    json: false,
  })
})

test('one section alone, and as many rounds as one likes', () => {
  const asked = readOptions(['--only', 'webhook', '--rounds', '9', '--json'])
  expect(asked).toMatchObject({ only: 'webhook', rounds: 9, json: true })
})

test('what size costs is measured with a million workspaces, or as many as one likes', () => {
  expect(readOptions(['--scale'])).toMatchObject({ scale: 1_000_000 })
  expect(readOptions(['--scale', '--workspaces', '200000'])).toMatchObject({ scale: 200_000 })
})

test.each([
  [['--only', 'everything'], '--only takes one of: webhook'],
  [['--rounds', 'many'], '--rounds many is no number'],
  [['--scale', '--workspaces', '9'], '--workspaces takes a number from 100000'],
  [['--rounds', '0'], '--rounds 0 is no number'],
])('%j is a slip, and says so', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence)
})

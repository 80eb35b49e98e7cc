import { expect, test } from 'vitest'
import { readOptions } from './options'

test('nothing is fresh and nothing is open unless it was asked for', () => {
  expect(readOptions([])).toEqual({ fresh: false })
  expect(readOptions(['--host', '0.0.0.0', '--fresh'])).toEqual({ fresh: true, host: '0.0.0.0' })
})

test.each([[['--frsh']], [['fresh']], [['--host']], [['--host', '']], [['--host', '--fresh']]])(
  '%s is refused with the options that there are',
  (words) => {
    expect(() => readOptions(words)).toThrow(/The options are --fresh and --host NAME\.$/)
  },
)

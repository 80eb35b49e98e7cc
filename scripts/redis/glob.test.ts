import { expect, test } from 'vitest'
import { globPattern } from './glob'

test.each([
  ['*', 'anything\nat all', true],
  ['h?llo', 'hello', true],
  ['h?llo', 'hllo', false],
  ['h[ae]llo', 'hallo', true],
  ['h[^e]llo', 'hello', false],
  ['h[a-c]llo', 'hbllo', true],
  ['h[c-a]llo', 'hbllo', true],
  ['h[a-c]llo', 'hdllo', false],
  ['h[]llo', 'hllo', false],
  ['[ab', 'b', true],
  ['[a\\]b]', ']', true],
  ['a**b', 'a-b', true],
  ['user:*:done', 'user:1:done', true],
  ['a.b', 'axb', false],
  ['(a+)|b$', '(a+)|b$', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['\\', '\\', true],
  ['?', '😀', true],
])('%j against %j is %s', (glob, key, matches) => {
  expect(globPattern(glob).test(key)).toBe(matches)
})

import { expect, test } from 'vitest'
import { apiKeyModeOf, hashOfApiKey, makeApiKey } from './secret'

test.each(['live', 'test'] as const)(
  'a key says that it is %s, and passes its own check',
  (mode) => {
    const key = makeApiKey(mode)
    expect(key).toMatch(new RegExp(`^ll_${mode}_[0-9A-Za-z]{49}$`))
    expect(apiKeyModeOf(key)).toBe(mode)
  },
)

test.each([0, 255])('a key of nothing but bytes of %d is as long as any other', (byte) => {
  const key = makeApiKey('test', Buffer.alloc(32, byte))
  expect(key).toHaveLength(57)
  expect(apiKeyModeOf(key)).toBe('test')
})

test('a key with one wrong character, wherever it is, is known to be none', () => {
  const key = makeApiKey('test')
  for (let at = 0; at < key.length; at += 1) {
    for (const other of ['a', 'B', '7', '-', ' ', '\u0000', 'é']) {
      if (key[at] === other) continue
      expect(
        apiKeyModeOf(key.slice(0, at) + other + key.slice(at + 1)),
        `${at} ${other}`,
      ).toBeNull()
    }
  }
})

test('two characters that were swapped, or a mode that was changed, are known to be a mistake', () => {
  const key = makeApiKey('test')
  for (let at = 8; at < key.length - 1; at += 1) {
    const swapped = [key.slice(0, at), key[at + 1], key[at], key.slice(at + 2)].join('')
    if (swapped !== key) expect(apiKeyModeOf(swapped), `${at}`).toBeNull()
  }
  expect(apiKeyModeOf(key.replace('test', 'live'))).toBeNull()
})

test.each([
  '',
  'll_',
  'll_test_',
  'sk_test_1234',
  `${makeApiKey('test')} `,
  makeApiKey('test').slice(1),
])('%j is no key', (text) => {
  expect(apiKeyModeOf(text)).toBeNull()
})

test('what is stored of a key does not hold it, and two keys are never the same', () => {
  const keys = Array.from({ length: 1_000 }, () => makeApiKey('live'))
  expect(new Set(keys).size).toBe(1_000)
  for (const key of keys) expect(hashOfApiKey(key)).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(keys.map(hashOfApiKey)).size).toBe(1_000)
})

import { describe, expect, it } from 'vitest'
import { asText } from './as-text'

describe('a parameter as text', () => {
  it.each([
    ['a text', 'O\'Hara "said" \\ ü\n', 'O\'Hara "said" \\ ü\n'],
    ['the empty text', '', ''],
    ['a number', -0.5, '-0.5'],
    ['a large integer', 9007199254740993n, '9007199254740993'],
    ['a boolean', true, 'true'],
    ['an instant', new Date('2027-01-31T23:59:59.999Z'), '2027-01-31T23:59:59.999Z'],
    ['bytes', new Uint8Array([0, 255]), '\\x00ff'],
    ['nothing', null, null],
    ['no elements', [], '{}'],
    ['elements', ['a,b', 'NULL', '', '"\\', null, 1], '{"a,b","NULL","","\\"\\\\",NULL,"1"}'],
    ['rows of elements', [['a'], ['b']], '{{"a"},{"b"}}'],
  ])('is, for %s, what Postgres writes', (_, value, text) => {
    expect(asText(value)).toBe(text)
  })

  it.each([[{ a: 1 }], [undefined], [() => 1], [[undefined]]])('is refused for %o', (value) => {
    expect(() => asText(value)).toThrow(TypeError)
  })
})

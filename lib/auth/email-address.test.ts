import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Invalid } from '@/lib/errors'
import { normalizeEmail } from './email-address'

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['  Ada.Lovelace+pro@Example.COM ', 'ada.lovelace+pro@example.com'],
  ['ａｄａ@example.com', 'ada@example.com'],
  ["o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk"],
  ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
])('%s is kept as %s', (given, kept) => {
  expect(normalizeEmail(given)).toBe(kept)
})

test.each([
  ['quoted', '"e@attacker.example"@victim.example'],
  ['two addresses', 'ada@example.com,eve@evil.example'],
  ['two @', 'ada@eve@example.com'],
  ['a full-width @', 'ada@evil.example＠example.com'],
  ['a look-alike letter', 'аda@example.com'],
  ['a space', 'ada lovelace@example.com'],
  ['a line break', 'ada@example.com\nBcc: eve@evil.example'],
  ['angle brackets', 'Ada <ada@example.com>'],
  ['a route', 'ada%evil.example@example.com'],
  ['no domain', 'ada@'],
  ['one label', 'ada@localhost'],
  ['a number for a domain', 'ada@127.0.0.1'],
  ['a dot first', '.ada@example.com'],
  ['two dots', 'ada..l@example.com'],
  [
    'too long',
    `ada@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example.com`,
  ],
  ['empty', ''],
])('%s is refused', (_, given) => {
  expect(() => normalizeEmail(given)).toThrow(Invalid)
})

test('what passes is plain, has one @, and passes again unchanged', () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' })), (given) => {
      let kept: string
      try {
        kept = normalizeEmail(given)
      } catch (error) {
        expect(error).toBeInstanceOf(Invalid)
        return
      }
      expect(kept).toMatch(/^[!-~]+$/)
      expect(kept.split('@')).toHaveLength(2)
      expect(normalizeEmail(kept)).toBe(kept)
    }),
  )
})

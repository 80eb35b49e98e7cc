import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { safePath } from './safe-path'

const FALLBACK = '/settings/billing'

test.each([
  '/',
  '/pricing',
  `/checkout/continue?tier=${SMALL}&interval=year`,
  '/settings/billing/plans#studio',
  '/settings/../pricing?next=https%3A%2F%2Fevil.example',
])('%s is a page of ours', (path) => {
  const { pathname, search, hash } = new URL(path, 'https://a.b')
  expect(safePath(path)).toBe(pathname + search + hash)
})

test.each([
  ['another site', 'https://evil.example'],
  ['without a scheme', '//evil.example'],
  ['three slashes', '///evil.example'],
  ['a backslash', '/\\evil.example'],
  ['two backslashes', '\\\\evil.example'],
  ['a backslash further on', '/a\\..\\evil.example'],
  ['a scheme without slashes', 'https:evil.example'],
  ['a script', 'javascript:alert(1)'],
  ['encoded slashes', '/%2f%2fevil.example'],
  ['one encoded slash', '/%2fevil.example'],
  ['an encoded backslash', '/%5cevil.example'],
  ['a tab', '/\t/evil.example'],
  ['a line break', '/\n/evil.example'],
  ['a carriage return', '/\r/evil.example'],
  ['a NUL', '/\0/evil.example'],
  ['dots that vanish', '/.//evil.example'],
  ['encoded dots that vanish', '/%2e//evil.example'],
  ['dots that climb', '/a/..//evil.example'],
  ['a user name', '@evil.example'],
  ['a space first', ' //evil.example'],
  ['no leading slash', 'pricing'],
  ['broken encoding', '/%zz'],
  ['letters outside ASCII', '/／evil.example'],
  ['our own interfaces', '/api/auth/signout'],
  ['our own interfaces, encoded', '/%61pi/auth/signout'],
  ['too long', `/${'a'.repeat(2000)}`],
  ['empty', ''],
  ['absent', undefined],
  ['a list', ['/pricing']],
])('%s is not followed', (_, value) => {
  expect(safePath(value)).toBe(FALLBACK)
})

test('whatever is asked for, a browser stays with us', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '%5c',
    '%2e',
    '\t',
    '@',
    ':',
    'evil.example',
    'https:',
    '?',
    '#',
    'a',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const path = safePath(pieces.join(''))
      expect(new URL(path, 'https://app.example').origin).toBe('https://app.example')
      expect(path).toMatch(/^\/(?![\\/])/)
    }),
    { numRuns: 5000 },
  )
})

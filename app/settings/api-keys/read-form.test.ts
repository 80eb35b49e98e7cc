import { expect, test } from 'vitest'
import { Invalid, NotFound } from '@/lib/errors'
import { readKeyId, readNewKey } from './read-form'

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const ONCE = 'a'.repeat(43)

test.each([
  ['30', 30],
  ['90', 90],
  ['365', 365],
  ['never', null],
])('a key can be made for %s', (days, read) => {
  expect(readNewKey(form({ name: '  Nightly \n export ', days, form: ONCE }))).toEqual({
    ...{ name: 'Nightly export', days: read, form: ONCE },
  })
})

test.each(['', '0', '-1', '30.0', '100000', 'null', '30 '])(
  'a key cannot be made for %j',
  (days) => {
    expect(() => readNewKey(form({ name: 'Export', days, form: ONCE }))).toThrow(Invalid)
  },
)

test.each(['', '   ', 'x'.repeat(61), 'a\u0000b', 'a\u202Eb', 'a\u200Bb'])(
  '%j is no name for a key',
  (name) => {
    expect(() => readNewKey(form({ name, days: '30', form: ONCE }))).toThrow(Invalid)
  },
)

test.each(['', 'short', `${ONCE}a`, '0123 4567'.repeat(5).slice(0, 43)])(
  'a form that no page of ours made, named %j, makes no key',
  (once) => {
    expect(() => readNewKey(form({ name: 'Export', days: '30', form: once }))).toThrow(Invalid)
  },
)

test('a name may be in any script', () => {
  expect(readNewKey(form({ name: '毎晩の出力 🌙', days: '30', form: ONCE })).name).toBe(
    '毎晩の出力 🌙',
  )
})

test.each(['', 'toString', "' or 1=1 --", '00000000-0000-4000-8000-00000000000', '*'])(
  '%j names no key',
  (key) => {
    expect(() => readKeyId(form({ key }))).toThrow(NotFound)
  },
)

import { expect, test } from 'vitest'
import { type Control, keepTyped, putBackTyped } from './typed-form'

const field = (name: string, type: string, rest: Partial<Control> = {}): Control => ({
  ...{ name, type, value: '', required: false },
  ...rest,
})
const hidden = (name: string, value: string) => field(name, 'hidden', { value })
const tick = (type: 'radio' | 'checkbox', value: string, rest: Partial<Control> = {}) =>
  field('choice', type, { value, checked: false, ...rest })

const act = (kind: string, reason = '') => [
  hidden('act', kind),
  field('reason', 'textarea', { value: reason }),
]

test('what was typed comes back into its own form, and into no other with the same names', () => {
  const sent = act('refund', 'The charge was doubled.')
  const page = [act('grant'), act('refund'), act('refund')]
  putBackTyped(keepTyped(1, sent), page)
  expect(page.map(([, reason]) => reason?.value)).toEqual(['', 'The charge was doubled.', ''])
})

test('a form that acts on something else, or has other fields by now, stays as it is', () => {
  const kept = keepTyped(0, act('refund', 'Typed'))
  for (const other of [act('grant'), [...act('refund'), field('note', 'text')], []]) {
    const before = structuredClone(other)
    putBackTyped(kept, [other])
    expect(other).toEqual(before)
  }
  expect(() => putBackTyped(kept, [])).not.toThrow()
})

test('the fields in which React names the action of one build make no other form of it', () => {
  const page = [[hidden('$ACTION_ID_new', ''), ...act('refund')]]
  putBackTyped(keepTyped(0, [hidden('$ACTION_ID_old', ''), ...act('refund', 'Typed')]), page)
  expect(page[0]?.at(-1)?.value).toBe('Typed')
})

test('a key that each page draws anew makes no other form of it', () => {
  const report = (key: string, value = '') => [
    { ...hidden('key', key), dataset: { once: '' } },
    field('title', 'text', { value }),
  ]
  const page = [report('of the new page')]
  putBackTyped(keepTyped(0, report('of the old page', 'November')), page)
  expect(page[0]?.at(-1)?.value).toBe('November')
})

test('of two fields with one name each has its own back', () => {
  const names = (...values: string[]) => values.map((value) => field('line', 'text', { value }))
  const page = [names('', '')]
  putBackTyped(keepTyped(0, names('First', 'Second')), page)
  expect(page[0]).toEqual(names('First', 'Second'))
})

test.each(['radio', 'checkbox'] as const)('a choice by %s comes back', (type) => {
  const page = [[tick(type, 'a'), tick(type, 'b')]]
  putBackTyped(keepTyped(0, [tick(type, 'a'), tick(type, 'b', { checked: true })]), page)
  expect(page[0]?.map(({ checked }) => checked)).toEqual([false, true])
})

test.each(['radio', 'checkbox'] as const)(
  'a %s that is required is chosen anew, also where one of its name alone says so',
  (type) => {
    const sent = [
      tick(type, 'full', { required: true }),
      tick(type, 'part', { checked: true, required: type === 'checkbox' }),
    ]
    expect(keepTyped(0, sent).typed).toEqual([])
    const before = [tick(type, 'full'), tick(type, 'part')]
    const kept = keepTyped(0, [tick(type, 'full'), tick(type, 'part', { checked: true })])
    const now = before.map((each) => ({ ...each, required: true }))
    putBackTyped(kept, [now])
    expect(now.some(({ checked }) => checked)).toBe(false)
  },
)

test('a password, a file and what the page wrote itself are not kept', () => {
  const secret = [
    field('key', 'password', { value: 'secret' }),
    field('proof', 'file', { value: 'C:\\fakepath\\proof.pdf' }),
    hidden('id', '7'),
  ]
  expect(keepTyped(0, secret).typed).toEqual([])
})

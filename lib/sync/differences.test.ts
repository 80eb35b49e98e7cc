import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { differences } from './differences'

it('shows what changed, from what to what, and nothing else', () => {
  expect(
    differences({ status: 'active', tier: SMALL }, { status: 'past_due', tier: SMALL }),
  ).toEqual({
    before: { status: 'active' },
    after: { status: 'past_due' },
  })
})

it('shows everything of what is new, before which there was nothing', () => {
  expect(differences(undefined, { tier: SMALL, endedAt: null })).toEqual({
    before: null,
    after: { tier: SMALL },
  })
})

it.each([
  ['the same instant in another object', { at: new Date(5) }, { at: new Date(5) }],
  [
    'an instant that the database wrote as text',
    { at: '2026-11-23T12:00:00.000Z' },
    { at: new Date('2026-11-23T12:00:00Z') },
  ],
  ['the same list', { features: ['a', 'b'] }, { features: ['a', 'b'] }],
  ['null and nothing at all', {}, { cancelAt: null }],
  ['what only the records have, such as the fence', { tier: SMALL, fence: 8 }, { tier: SMALL }],
])('sees no difference in %s', (_, before, after) => {
  expect(differences(before, after)).toBeNull()
})

it.each([
  ['a millisecond', { at: new Date(5) }, { at: new Date(6) }],
  ['the order of a list', { features: ['a', 'b'] }, { features: ['b', 'a'] }],
  ['null and nought', { amount: null }, { amount: 0 }],
  ['null and false', { ends: null }, { ends: false }],
])('sees the difference of %s', (_, before, after) => {
  expect(differences(before, after)).toEqual({ before, after })
})

it('applied to what was before gives what is after', () => {
  const values = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue())
  fc.assert(
    fc.property(values, values, (before, after) => {
      const patched = { ...before, ...differences(before, after)?.after }
      expect(differences(patched, after)).toBeNull()
    }),
  )
})

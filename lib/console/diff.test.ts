import { expect, test } from 'vitest'
import { diffOf } from './diff'

test('each field that moved has a line, those inside of others by their whole path', () => {
  const before = { status: 'active', entitlement: { tier: 'free' }, same: 1 }
  const after = { status: 'past_due', entitlement: { tier: 'pro', features: ['a'] }, same: 1 }
  expect(diffOf(before, after)).toEqual([
    { field: 'status', before: 'active', after: 'past_due' },
    { field: 'entitlement.tier', before: 'free', after: 'pro' },
    { field: 'entitlement.features', before: null, after: '["a"]' },
  ])
})

test('an instant that is yet to be written is shown as the trail will keep it', () => {
  const at = new Date('2026-12-01T00:00:00Z')
  expect(diffOf({ cancelAt: null }, { cancelAt: at })).toEqual([
    { field: 'cancelAt', before: null, after: '2026-12-01T00:00:00.000Z' },
  ])
})

test('what began with nothing before it shows all of it, and nothing shows nothing', () => {
  expect(diffOf(null, { id: 'in_1' })).toEqual([{ field: 'id', before: null, after: 'in_1' }])
  expect(diffOf(null, null)).toEqual([])
})

test('an address in what someone typed is shown by its first letter', () => {
  expect(diffOf(null, { reason: 'Asked by ada@example.test' })).toEqual([
    { field: 'reason', before: null, after: 'Asked by a…@example.test' },
  ])
})

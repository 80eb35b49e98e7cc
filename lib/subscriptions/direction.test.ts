import { expect, test } from 'vitest'
import { ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import { directionOf } from './direction'

const small = { tier: ENTRY_PLAN.tier } as const
const great = { tier: TOP_PLAN.tier } as const

test('what is more begins at once: a greater plan, a longer interval, or both', () => {
  expect(directionOf({ ...small, interval: 'month' }, { ...great, interval: 'month' })).toBe('now')
  expect(directionOf({ ...small, interval: 'month' }, { ...small, interval: 'year' })).toBe('now')
  expect(directionOf({ ...small, interval: 'month' }, { ...great, interval: 'year' })).toBe('now')
})

test('what is less waits for the end of what is paid for', () => {
  const waits = 'period_end'
  expect(directionOf({ ...great, interval: 'month' }, { ...small, interval: 'month' })).toBe(waits)
  expect(directionOf({ ...small, interval: 'year' }, { ...small, interval: 'month' })).toBe(waits)
  expect(directionOf({ ...small, interval: 'year' }, { ...great, interval: 'month' })).toBe(waits)
  expect(directionOf({ ...great, interval: 'month' }, { ...small, interval: 'year' })).toBe(waits)
})

test('the same plan by the same interval is no change', () => {
  const same = { ...small, interval: 'month' } as const
  expect(directionOf(same, same)).toBe('none')
})

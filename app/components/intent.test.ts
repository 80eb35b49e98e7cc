import { describe, expect, test } from 'vitest'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { intentQuery, readIntent } from './intent'

describe('the plan that somebody chose before signing in', () => {
  test('it survives an address', () => {
    const query = new URLSearchParams(intentQuery({ tier: GREAT, interval: 'year' }))
    expect(readIntent(query.get('plan'), query.get('interval'))).toEqual({
      tier: GREAT,
      interval: 'year',
    })
  })

  test('without an interval it is monthly', () => {
    expect(readIntent(SMALL, undefined)).toEqual({ tier: SMALL, interval: 'month' })
  })

  test('what is not for sale is no intent', () => {
    for (const plan of ['free', 'gold', '', undefined, [SMALL]])
      expect(readIntent(plan, 'month')).toBeNull()
    expect(readIntent(SMALL, 'week')).toBeNull()
  })
})

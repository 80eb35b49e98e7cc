import { describe, expect, test } from 'vitest'
import { intentQuery, readIntent } from './intent'

describe('the plan that somebody chose before signing in', () => {
  test('it survives an address', () => {
    const query = new URLSearchParams(intentQuery({ tier: 'studio', interval: 'year' }))
    expect(readIntent(query.get('plan'), query.get('interval'))).toEqual({
      tier: 'studio',
      interval: 'year',
    })
  })

  test('without an interval it is monthly', () => {
    expect(readIntent('pro', undefined)).toEqual({ tier: 'pro', interval: 'month' })
  })

  test('what is not for sale is no intent', () => {
    for (const plan of ['free', 'gold', '', undefined, ['pro']])
      expect(readIntent(plan, 'month')).toBeNull()
    expect(readIntent('pro', 'week')).toBeNull()
  })
})

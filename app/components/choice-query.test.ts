import { describe, expect, test } from 'vitest'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { choiceQuery, readChoiceQuery } from './choice-query'

describe('the plan that a visitor chose before signing in', () => {
  test('it survives an address', () => {
    const query = new URLSearchParams(choiceQuery({ tier: GREAT, interval: 'year' }))
    expect(readChoiceQuery(query.get('plan'), query.get('interval'))).toEqual({
      tier: GREAT,
      interval: 'year',
    })
  })

  test('without an interval it is monthly', () => {
    expect(readChoiceQuery(SMALL, undefined)).toEqual({ tier: SMALL, interval: 'month' })
  })

  test('what is not for sale is no choice', () => {
    for (const plan of ['free', 'gold', '', undefined, [SMALL]])
      expect(readChoiceQuery(plan, 'month')).toBeNull()
    expect(readChoiceQuery(SMALL, 'week')).toBeNull()
  })
})

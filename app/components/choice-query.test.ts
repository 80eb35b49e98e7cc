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

  test('a promotion code goes along with it, and what cannot be one stays behind', () => {
    const choice = { tier: SMALL, interval: 'month' } as const
    expect(choiceQuery(choice, 'LAUNCH20')).toBe(`plan=${SMALL}&interval=month&code=LAUNCH20`)
    for (const code of ['', '20% off', 'a'.repeat(81), ['A', 'B'], undefined])
      expect(choiceQuery(choice, code)).toBe(`plan=${SMALL}&interval=month`)
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

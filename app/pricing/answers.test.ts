import { describe, expect, test } from 'vitest'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { ALL_PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { directionOf } from '@/lib/subscriptions/direction'
import { answersAbout } from './answers'

const answer = (start: string, graceDays = ACCESS_POLICY.graceDays) =>
  answersAbout(ALL_PLANS, { ...ACCESS_POLICY, graceDays }).find(({ question }) =>
    question.startsWith(start),
  )?.answer

describe('what is answered before a plan is bought', () => {
  test('a payment that fails: for how long the plan stays on, as the policy has it', () => {
    expect(answer('What if', 14)).toContain('stays on for up to 14 days')
    expect(answer('What if', 1)).toContain('stays on for up to a day')
    expect(answer('What if', 0)).not.toContain('stays on')
    expect(answer('What if', 0)).toMatch(/until it is paid the limits of .* apply/)
  })

  test('a cancellation: a plan whose payment is late ends at once', () => {
    expect(answer('What happens')).toMatch(/While a payment is late .* ends at once\./)
  })

  test('a change: what begins at once and what waits is what is done', () => {
    const small = { tier: SMALL, interval: 'month' } as const
    const [great, year] = [
      { ...small, tier: GREAT },
      { ...small, interval: 'year' },
    ] as const
    for (const [from, to] of [
      [small, great],
      [small, year],
    ] as const) {
      expect(directionOf(from, to)).toBe('now')
      expect(directionOf(to, from)).toBe('period_end')
    }
    const text = answer('Can I change')
    expect(text).toMatch(/A smaller plan, or paying by the month, begins with your next period/)
    expect(text).toMatch(/A greater plan, or paying by the year, begins at once/)
    expect(text).not.toContain('At any time')
  })
})

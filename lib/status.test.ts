import { describe, expect, it } from 'vitest'
import { isTerminal, parseStatus, STATUSES } from './status'

describe('the status of a subscription', () => {
  it.each([
    ['active', false],
    ['trialing', false],
    ['past_due', false],
    ['unpaid', false],
    ['incomplete', false],
    ['incomplete_expired', true],
    ['paused', false],
    ['canceled', true],
  ] as const)('%s is one of Stripe’s; over for ever: %s', (status, terminal) => {
    expect(parseStatus(status)).toBe(status)
    expect(isTerminal(status)).toBe(terminal)
  })

  it('has eight values', () => {
    expect(STATUSES).toHaveLength(8)
  })

  it.each(['', 'ACTIVE', 'cancelled', 'dormant', 'constructor'])(
    'is unknown when Stripe says “%s”, and an unknown one may come back to life',
    (word) => {
      expect(parseStatus(word)).toBe('unknown')
      expect(isTerminal('unknown')).toBe(false)
    },
  )
})

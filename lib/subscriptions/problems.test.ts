import { expect, it } from 'vitest'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { NOW, row } from '@/lib/sync/rows.fixture'
import { subscriptionProblems } from './problems'

const whatOf = (given: Parameters<typeof row>[0], policy = ACCESS_POLICY) =>
  subscriptionProblems([row(given)], { policy, now: NOW }).map(
    ({ what, next }) => `${what} ${next}`,
  )

it.each(['void', 'uncollectible'] as const)(
  'a first payment that ended %s is for an operator to end, or is being ended',
  (payment) => {
    const given = { owes: 'first', payment } as const
    const [left] = whatOf(given, { ...ACCESS_POLICY, failedFirstPayment: 'leave' })
    expect(left).toMatch(/its first payment never arrived.*Cancel it at Stripe/)
    expect(whatOf(given)[0]).toContain('It is being canceled at Stripe.')
  },
)

it.each([
  ['refunded', 'fullRefund', 'refunded'],
  ['dispute_lost', 'lostDispute', 'dispute'],
] as const)('money that was %s says whether the plan goes on', (payment, rule, word) => {
  const [kept] = whatOf({ payment }, { ...ACCESS_POLICY, [rule]: 'keep' })
  expect(kept).toMatch(new RegExp(`${word}.*It grants its plan until`))
  const [ended] = whatOf({ payment }, { ...ACCESS_POLICY, [rule]: 'end' })
  expect(ended).toMatch(new RegExp(`${word}.*It grants nothing\\.`))
})

it('a renewal that was voided on purpose is nothing to look at', () => {
  expect(whatOf({ owes: 'renewal', payment: 'void' })).toEqual([])
})

it('one subscription can be two problems', () => {
  expect(whatOf({ collectionPaused: true, tier: null })).toHaveLength(2)
})

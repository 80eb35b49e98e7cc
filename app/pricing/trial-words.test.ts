import { expect, test } from 'vitest'
import { SAMPLE_CATALOGS } from '@/lib/catalog/sample-catalogs'
import { trialLabel, trialWords } from './trial-words'

const { business, solo } = SAMPLE_CATALOGS[4]().PLANS

test('a plan without a trial says nothing of one', () => {
  expect(trialWords(solo, 'month', null)).toBeNull()
  expect(trialLabel(solo)).toBeNull()
})

test('a trial says how long it is, what is charged then and how to prevent it', () => {
  expect(trialWords(business, 'month', null)).toBe(
    '14 days free. Then €99.00 a month, unless you cancel before. One trial per person and card.',
  )
  expect(trialLabel(business)).toBe('Try Business for 14 days')
})

test('with the day on which it would begin, it says the day on which it ends', () => {
  const from = new Date('2026-12-20T23:59:00Z')
  expect(trialWords(business, 'year', from)).toBe(
    '14 days free, until January 3, 2027. Then €990.00 a year, unless you cancel before. One trial per person and card.',
  )
})

test.each([
  ['pause', 'pauses'],
  ['cancel', 'ends'],
] as const)('a trial without a card that is to %s says that it %s', (what, says) => {
  const plan = { ...business, trialWithoutCard: what }
  expect(trialWords(plan, 'month', null)).toBe(
    `14 days free, without a card. Then €99.00 a month if you have added a card; without one, Business ${says}. One trial per person and card.`,
  )
})

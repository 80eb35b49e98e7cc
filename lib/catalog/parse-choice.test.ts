import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Invalid } from '@/lib/errors'
import { parseChoice } from './parse-choice'
import { GREAT, SMALL } from './tiers.fixture'

function form(...entries: [string, string][]): FormData {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  return data
}

test('a form with a plan and an interval is a choice, and nothing else in it matters', () => {
  const given = form(
    ['tier', SMALL],
    ['interval', 'year'],
    ['price', 'price_cheap'],
    ['customer', 'cus_1'],
  )
  expect(parseChoice(given)).toEqual({ tier: SMALL, interval: 'year' })
  expect(parseChoice({ tier: GREAT, interval: 'month' })).toEqual({
    tier: GREAT,
    interval: 'month',
  })
})

test.each([
  ['free is not bought', form(['tier', 'free'], ['interval', 'month']), ['tier']],
  ['an unknown plan', form(['tier', 'gold'], ['interval', 'month']), ['tier']],
  ['a price id as plan', form(['tier', 'price_1'], ['interval', 'month']), ['tier']],
  ['an unknown interval', form(['tier', SMALL], ['interval', 'week']), ['interval']],
  ['two plans at once', form(['tier', SMALL], ['tier', GREAT], ['interval', 'month']), ['tier']],
  ['an empty form', form(), ['tier', 'interval']],
  ['arrays from a query', { tier: [SMALL], interval: 'month' }, ['tier']],
])('%s is refused, by field', (_, given, fields) => {
  try {
    parseChoice(given)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(Invalid)
    expect(Object.keys((error as Invalid).fields)).toEqual(fields)
  }
})

test('no string whatever buys something that is not in the catalog', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (tier, interval) => {
      fc.pre(!(/^(pro|studio)$/.test(tier) && /^(month|year)$/.test(interval)))
      expect(() => parseChoice(form(['tier', tier], ['interval', interval]))).toThrow(Invalid)
    }),
  )
})

import { expect, it } from 'vitest'
import { BILLING_URL, TO } from './emails.fixture'
import { priceChangesEmail, priceStaysEmail } from './price-move-emails'

const moved = (interval: string | null) => ({
  to: TO,
  plan: 'Pro',
  interval,
  at: new Date('2026-12-23T00:00:00Z'),
  before: { amount: 5_700, currency: 'usd' },
  billingUrl: BILLING_URL,
})
const after = { amount: 7_200, currency: 'usd' }

it.each([
  ['month', '$72.00 a month instead of $57.00'],
  ['year', '$72.00 a year instead of $57.00'],
  ['3 month', '$72.00 every 3 months instead of $57.00'],
  ['1 week', '$72.00 a week instead of $57.00'],
  [null, '$72.00 instead of $57.00'],
])('a price that changes is named as it is billed: %s', (interval, words) => {
  expect(priceChangesEmail({ ...moved(interval), after }).text).toContain(words)
})

it('a price of three months that stays is not called one of a month', () => {
  const { text } = priceStaysEmail(moved('3 month'))
  expect(text).toContain('you go on paying $57.00 every 3 months, your')
  expect(text).not.toContain('a month')
})

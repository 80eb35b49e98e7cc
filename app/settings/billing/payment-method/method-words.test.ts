import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { MONTHLY } from '@/app/dev/states/subscribers'
import { TOP_PLAN } from '@/lib/catalog/plans'
import { formatMoney } from '@/lib/money'
import { methodWords } from './method-words'

const OPEN = { amount: 1520, currency: 'usd' }
const UPGRADE = 'active, an upgrade waits for its payment'

function words(name: string, remaining: typeof OPEN | null = null) {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state ${name}.`)
  const billingReason = 'subscription_cycle'
  const open = remaining && {
    ...{
      id: 'in_1' as const,
      remaining,
      nextAttempt: null,
      payUrl: null,
      billingReason,
      isProcessing: false,
      processingSince: null,
    },
  }
  return methodWords({ ...found.billing, open })
}

test('what is open is named with its amount, in the text and on both buttons, before it is charged', () => {
  const { text, save, use } = words('past_due, in grace', OPEN)
  expect(text).toMatch(/^\$15\.20 is open for /)
  expect(text).toContain('charged at once')
  expect([save, use]).toEqual(['Save and pay $15.20', 'Pay $15.20'])
})

test('an upgrade that waits is named with its amount and its plan, though the plan itself is in order', () => {
  const { text, save } = words(UPGRADE, OPEN)
  expect(text).toMatch(`$15.20 is open for the change to ${TOP_PLAN.name}. It is charged at once`)
  expect(text).not.toContain('Nothing is charged now')
  expect(save).toBe('Save and pay $15.20')
})

test('what is open and is not known now is not charged, and that is said', () => {
  const { text, save } = words('past_due, in grace')
  expect(text).toContain('is not known at this moment. Nothing is charged now')
  expect(save).toBe('Save payment method')
})

test('a payment that is on its way is not charged to what is added, and no button says so', () => {
  const late = STATES.find(
    (state) => state.name === 'past_due, and a bank debit for it is on its way',
  )
  if (!late) throw new Error('There is no such state.')
  const { text, save, use } = methodWords(late.billing)
  expect(text.startsWith(`${formatMoney(MONTHLY)} for `)).toBe(true)
  expect(text).toContain(' is on its way from your bank, and is not charged again.')
  expect([save, use]).toEqual(['Save payment method', 'Use it'])
})

test('a plan that is paused without a card goes on, and is charged', () => {
  const { text, save, use } = words('paused')
  expect(text).toContain(
    `it goes on in a new period, and ${formatMoney(MONTHLY)} is charged for it at once`,
  )
  expect([save, use]).toEqual([
    `Save and go on for ${formatMoney(MONTHLY)}`,
    `Go on for ${formatMoney(MONTHLY)}`,
  ])
})

test('where nothing is open, nothing is said to be charged now', () => {
  for (const name of ['active', 'canceled']) {
    const { text, save } = words(name)
    expect(text).toContain('Nothing is charged now.')
    expect(save).toBe('Save payment method')
  }
})

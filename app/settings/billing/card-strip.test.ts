import { describe, expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { ENTRY_PLAN } from '@/lib/catalog/plans'
import { formatMoney } from '@/lib/money'
import { cardStrip } from './card-strip'

const state = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return found.billing
}

describe('a card that is over by the next charge', () => {
  const name = 'active, its card expires before the next charge'

  test('is said with its last day, the charge and its day, and the way to another', () => {
    expect(cardStrip(state(name))).toMatchObject({
      title:
        'Visa •••• 4242 is good until November 30, 2026, and the next charge is on December 23, 2026.',
      detail: `Without another card ${formatMoney(ENTRY_PLAN.prices.month)} may not be charged then.`,
      action: { to: 'card', label: 'Change card' },
    })
  })

  test('is nothing to say of one that outlives it, of a bank account, or where nothing follows', () => {
    for (const fine of ['active', 'active, the greatest plan by the year', 'active, ending'])
      expect(cardStrip(state(fine))).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import { BASIC, BEST } from '@/app/dev/states/subscribers'
import { ENTRY_PLAN, FREE, TOP_PLAN } from '@/lib/catalog/plans'
import type { Review } from '@/lib/subscriptions/review-change'
import { differences } from './differences'
import { reviewWords } from './review-words'

const preview: Review['preview'] = {
  ...{ currency: 'usd', at: new Date('2026-12-23T09:30:00Z') },
  ...{ lines: [], discounts: [], total: 3000, balance: 0, carried: 0, due: 3000 },
  tax: { added: 0, included: 0, isUnknown: false },
}
const up: Review = {
  ...{ when: 'now', billing: BASIC, preview, offer: 'sealed' },
  choice: { tier: TOP_PLAN.tier, interval: 'month' },
}

describe('the review of a change', () => {
  test('that charges now names the amount on the button, and asks to agree to it', () => {
    expect(reviewWords(up)).toMatchObject({
      title: `From ${ENTRY_PLAN.name} monthly to ${TOP_PLAN.name} monthly`,
      button: 'Confirm and pay $30.00',
      agreement: 'I agree to be charged $30.00 today.',
    })
  })

  test('that credit pays for asks for no agreement', () => {
    const paid = { ...up, preview: { ...preview, balance: -3000, due: 0 } }
    expect(reviewWords(paid).agreement).toBeNull()
  })

  test('that waits says until when the plan stays, and that nothing is paid today', () => {
    const down: Review = {
      ...{ ...up, when: 'period_end', billing: BEST },
      choice: { tier: ENTRY_PLAN.tier, interval: 'year' },
    }
    expect(reviewWords(down)).toMatchObject({
      detail: `Nothing to pay today. ${TOP_PLAN.name} yearly stays until December 23, 2026, then ${ENTRY_PLAN.name} yearly begins.`,
      button: 'Plan this change',
      agreement: null,
    })
  })
})

test('what is gained and lost is what the catalog says', () => {
  const [up, down] = [
    differences(ENTRY_PLAN.tier, TOP_PLAN.tier),
    differences(TOP_PLAN.tier, ENTRY_PLAN.tier),
  ]
  expect(up.gains).toEqual(down.loses)
  expect(up.loses).toEqual([])
  const uses = TOP_PLAN.monthlyUses - ENTRY_PLAN.monthlyUses
  expect(up.gains).toContain(`${uses.toLocaleString('en-US')} more uses a month`)
  expect(differences(FREE.tier, FREE.tier)).toEqual({ gains: [], loses: [] })
})

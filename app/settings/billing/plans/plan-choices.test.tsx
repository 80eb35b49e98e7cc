import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { BASIC, FREE } from '@/app/dev/states/subscribers'
import { isLive } from '@/app/settings/billing/plan-state'
import { ALL_PLANS, ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import { formatMoney } from '@/lib/money'
import { ownPlans } from './own-plans'
import { PlanChoices } from './plan-choices'

// The forms' actions, which need a server to run.
vi.mock('./actions', () => ({ undoChange: async () => {} }))
vi.mock('@/app/settings/billing/acts', () => ({ keepPlan: async () => {} }))
vi.mock('@/app/pricing/actions', () => ({ upgrade: async () => {} }))

function shown(billing: typeof BASIC, code: string | null = null): string {
  const owned = { billing, trial: null, ...ownPlans(billing, null) }
  return renderToStaticMarkup(<PlanChoices owned={owned} code={code} />)
}

/** What stands in the card of a plan. */
function cardOf(page: string, tier: string): string {
  return page.split('<article').find((part) => part.includes(` id="${tier}"`)) ?? ''
}

test('each state of a plan has its cards, and a subscriber’s form leads to the review of a change', () => {
  for (const { name, billing } of STATES) {
    const page = shown(billing)
    expect(page.match(/<article/g), name).toHaveLength(ALL_PLANS.length)
    expect(page.match(/Current plan|Your plan</g), name).toBeTruthy()
    const review = page.includes('action="/settings/billing/plans/confirm"')
    expect(review, name).toBe(isLive(billing))
    expect(page.includes(`Upgrade to ${TOP_PLAN.name}<span`), name).toBe(!isLive(billing))
  }
})

test('the price on the card of what a subscriber has is theirs, in their currency where all are known in it', () => {
  const page = shown({ ...BASIC, price: { amount: 900, currency: 'usd' } })
  expect(cardOf(page, ENTRY_PLAN.tier)).toContain('$9')
  expect(cardOf(page, ENTRY_PLAN.tier)).toContain('This is the price that you have.')
  expect(cardOf(page, TOP_PLAN.tier)).toContain(
    formatMoney(TOP_PLAN.prices.month, 'en-US', { trim: true }),
  )
})

test('a promotion code goes along with a purchase, and not with a change of plan', () => {
  expect(shown(FREE, 'LAUNCH')).toContain('name="code" value="LAUNCH"')
  expect(shown(BASIC, 'LAUNCH')).not.toContain('LAUNCH')
})

test.each([
  ['active', 'until the period you paid for ends'],
  ['trialing', 'until your trial ends'],
  ['past_due, in grace', 'ends at once'],
  ['unpaid', 'ends at once'],
  ['incomplete', 'ends at once'],
  ['paused', 'ends at once'],
])('the card of what is free says when canceling a plan that is %s ends it', (name, says) => {
  const billing = STATES.find((state) => state.name === name)?.billing ?? BASIC
  expect(cardOf(shown(billing), FREE.tier)).toContain(says)
})

import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { canUse } from '@/lib/billing/billing'
import { PAID_PLANS } from '@/lib/catalog/plans'
import { stateStrips } from './state-strips'

const state = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return found.billing
}

test.each(['paused', 'unpaid', 'incomplete'])(
  'a plan that is %s with its uses spent says so first, and is not sold what it is',
  (name) => {
    const off = state(name)
    const spent = { ...off, usage: { ...off.usage, used: off.usage.limit } }
    const [strip, limit] = stateStrips(spent)
    expect(strip?.kind).toBe(name)
    expect(limit).toMatchObject({ kind: 'limit', action: null })
  },
)

test.each([
  [
    'active, limit reached, and credits are left',
    'What you use now is taken from your 250 credits. The uses of your plan start again on December 1, 2026.',
  ],
  [
    'active, limit reached, and what is used after it is counted',
    'What you use now is counted, and nothing stops. They start again on December 1, 2026.',
  ],
])('%s: the strip says so, and does not say that uses are refused', (name, detail) => {
  const [limit] = stateStrips(state(name))
  expect(limit).toMatchObject({ kind: 'limit', tone: 'info', detail })
  expect(canUse(state(name))).toBe(true)
})

test('where nothing is left, and nothing goes on, new uses are possible from the next period on', () => {
  const spent = state('active, limit reached')
  expect(stateStrips(spent)[0]?.detail).toBe('New ones are possible from December 1, 2026.')
  expect(canUse(spent)).toBe(false)
})

test('no state with its uses spent is sold the plan that it has or waits for', () => {
  for (const { billing } of STATES) {
    const { plan, waitsFor, usage } = billing
    const spent = stateStrips({ ...billing, usage: { ...usage, used: usage.limit } })
    const labels = spent.map(({ action }) => action?.label)
    for (const { tier, name } of PAID_PLANS)
      if (tier === plan || tier === waitsFor) expect(labels).not.toContain(`Upgrade to ${name}`)
  }
})

import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
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

test('no state with its uses spent is sold the plan that it has or waits for', () => {
  for (const { billing } of STATES) {
    const { plan, waitsFor, usage } = billing
    const spent = stateStrips({ ...billing, usage: { ...usage, used: usage.limit } })
    const labels = spent.map(({ action }) => action?.label)
    for (const { tier, name } of PAID_PLANS)
      if (tier === plan || tier === waitsFor) expect(labels).not.toContain(`Upgrade to ${name}`)
  }
})

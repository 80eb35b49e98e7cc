import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { ENTRY_PLAN, FREE } from '@/lib/catalog/plans'
import { consequences } from './consequences'

const of = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return consequences(found.billing)
}

test('a plan that is paid for stays on to its day, and what is gone after it is said', () => {
  expect(of('active')).toMatchObject({
    when: 'period_end',
    title: `${ENTRY_PLAN.name} stays on until December 23, 2026.`,
  })
  expect(of('active').loses[0]).toBe(
    `${ENTRY_PLAN.monthlyUses} uses a month become ${FREE.monthlyUses}`,
  )
  expect(of('trialing').title).toContain('December 7, 2026')
})

test.each(['past_due, in grace', 'unpaid', 'paused', 'incomplete'])(
  'a plan that is %s ends at once, because nothing is paid for',
  (name) => {
    expect(of(name)).toMatchObject({ when: 'now', title: expect.stringContaining('ends at once') })
  },
)

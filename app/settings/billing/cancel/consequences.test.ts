import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import type { CollectionPolicy } from '@/lib/catalog/collection-policy'
import { ENTRY_PLAN, FREE } from '@/lib/catalog/plans'
import { consequences } from './consequences'

const of = (name: string, policy?: CollectionPolicy) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return consequences(found.billing, policy)
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

test('what is open is said to be what the policy makes of it', () => {
  const said = (policy: CollectionPolicy) => of('past_due, in grace', policy).detail
  for (const openInvoices of ['void', 'write_off'] as const)
    expect(said({ openInvoices, lateMoney: 'refund' })).toContain('is not asked for any more')
  const left = said({ openInvoices: 'leave', lateMoney: 'keep' })
  expect(left).toContain('What is open stays to be paid')
  expect(left).not.toContain('not asked for')
})

test('a bank debit that is on its way is not said to be stopped, but what becomes of its money', () => {
  const said = (lateMoney: CollectionPolicy['lateMoney']) =>
    [
      'processing: the first bank debit is on its way',
      'unpaid, and a bank debit for it is on its way',
    ].map((name) => of(name, { openInvoices: 'void', lateMoney }).detail)
  for (const detail of said('refund')) expect(detail).toMatch(/may still leave .* sent back to you/)
  for (const detail of said('restart')) expect(detail).toContain('pays for a new first period')
  for (const detail of said('keep')) expect(detail).toContain('we write to you')
})

import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { ENTRY_PLAN } from '@/lib/catalog/plans'
import { stateStrips } from './state-strips'

const SMALL = ENTRY_PLAN.name

const state = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return found.billing
}

test.each([
  'active, collection paused until a day',
  'active, collection paused, and what was paid for is over',
  'active, and its payment was disputed and lost',
])(
  '%s, and set to end: its end and the way to keep it come first, and no charge is announced',
  (name) => {
    const cancelAt = new Date('2026-12-23T00:00:00Z')
    const strips = stateStrips({ ...state(name), isCanceling: true, cancelAt })
    expect(strips[0]).toMatchObject({
      kind: 'ending',
      action: { to: 'keep', label: `Keep ${SMALL}` },
    })
    const text = strips.map(({ title, detail }) => `${title} ${detail}`).join(' ')
    expect(text).not.toMatch(/Charging goes on|next payment|until you resume|Cancel it/)
    expect(strips.slice(1).map(({ action }) => action)).toEqual([null])
  },
)

test.each([
  ['active, waiting for the payment of a better plan', []],
  ['past_due, in grace', []],
  ['past_due, grace over', []],
  ['unpaid', []],
])('%s, while a bank has an order to pay it: no button asks for it once more', (name, left) => {
  const { open } = state('unpaid')
  if (!open) throw new Error('Something is open there.')
  const [strip] = stateStrips({ ...state(name), open: { ...open, isProcessing: true } })
  expect(strip?.detail).toContain('Your bank was asked for it')
  expect(strip?.title).not.toContain('We could not charge')
  const actions = [strip?.action, strip?.also, strip?.out].flatMap((each) => each?.to ?? [])
  expect(actions).toEqual(left)
})

import { describe, expect, it } from 'vitest'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { day, item, NO_PRICES, NOW, snapshot } from '@/lib/sync/rows.fixture'
import { momentOf } from './moment-of'

const moment = (over: Parameters<typeof snapshot>[0]) =>
  momentOf(
    { at: NOW, shape: snapshot(over), before: null, endedBy: null },
    { key: 'evt_1', source: 'event', terms: new Map(), prices: NO_PRICES },
  )

describe('what is to be charged at the end of the period', () => {
  it.each(['active', 'trialing', 'past_due'] as const)('is the price while it is %s', (status) => {
    expect(moment({ status })).toMatchObject({ renewsAt: day(20), renewsAmount: 1900 })
  })

  it.each(['paused', 'incomplete', 'unpaid', 'unknown'] as const)(
    'is nothing while it is %s',
    (status) => {
      expect(moment({ status })).toMatchObject({ renewsAt: null, renewsAmount: null })
    },
  )

  it.each([
    ['resumes after it', day(21), null],
    ['resumes before it', day(19), day(20)],
    ['is not known to resume', null, null],
  ])('hangs, with collection paused, on its resumption: one that %s', (_, resumesAt, renewsAt) => {
    expect(moment({ pauseCollection: { resumesAt } }).renewsAt).toEqual(renewsAt)
  })

  it('is recorded anew where the day of resumption changes', () => {
    const states = [day(19), day(21), null].map(
      (resumesAt) => moment({ pauseCollection: { resumesAt } }).state,
    )
    expect(new Set(states).size).toBe(3)
  })
})

it('An amount off is spread over the months of the plan, whichever item stands first', () => {
  const plan = item({ id: 'si_2', exactAmount: 19_000, interval: 'year', metadataTier: GREAT })
  const addOn = item({ exactAmount: 100, metadataTier: null, lookupKey: null })
  const terms = { duration: 'forever', end: null, percentOff: null, amountOff: 1200 } as const
  const discounts = [{ id: 'di_1', terms }]
  for (const items of [
    [addOn, plan],
    [plan, addOn],
  ])
    expect(moment({ items, discounts })).toMatchObject({ plan: GREAT, mrr: 1583 })
  expect(moment({ items: [item()] }).plan).toBe(SMALL)
})

import { describe, expect, it } from 'vitest'
import { mirrorOf } from './mirror'
import { day, item, NO_PRICES, row, snapshot } from './testing'

const addOn = item({
  id: 'si_2',
  priceId: 'price_seats',
  lookupKey: null,
  metadataTier: null,
  unitAmount: 500,
})
const invoice = {
  id: 'in_2',
  status: 'open',
  finalizedAt: day(-3),
  dueDate: null,
  nextPaymentAttempt: day(1),
} as const
const pastDue = snapshot({ status: 'past_due', latestInvoice: invoice })

const mirror = (of: Parameters<typeof mirrorOf>[0]) => mirrorOf(of, undefined, NO_PRICES)

describe('what we keep of a subscription', () => {
  it('is what Stripe shows of it', () => {
    const { fence: _, syncedAt: __, ...kept } = row()
    expect(mirror(snapshot())).toEqual(kept)
  })

  it.each([
    ['first', [item(), addOn]],
    ['last', [addOn, item()]],
  ])('is of the plan’s price when the plan stands %s among add-ons', (_, items) => {
    expect(mirror(snapshot({ items }))).toMatchObject({
      tier: 'pro',
      priceId: 'price_pro',
      unitAmount: 1900,
    })
  })

  it('knows a price by the operator’s configuration before all else', () => {
    const prices = { pro: {}, studio: { year: 'price_pro' } }
    expect(mirrorOf(snapshot(), undefined, prices).tier).toBe('studio')
  })

  it('has no tier for a price that is none of ours, which is not free', () => {
    expect(mirror(snapshot({ items: [addOn] }))).toMatchObject({
      tier: null,
      priceId: 'price_seats',
    })
  })

  it('has the plan and the id of a price from before prices', () => {
    const items = [item({ priceId: 'gold-monthly' })]
    expect(mirror(snapshot({ items }))).toMatchObject({
      tier: 'pro',
      priceId: 'gold-monthly',
      unitAmount: 1900,
    })
  })

  it('has no interval that we do not sell, and no amount where the price is metered in tiers', () => {
    const items = [item({ interval: 'week', unitAmount: null })]
    expect(mirror(snapshot({ items }))).toMatchObject({ interval: null, unitAmount: null })
  })

  it('lasts from the first beginning to the last end of its items’ periods', () => {
    const other = { ...addOn, currentPeriodStart: day(-40), currentPeriodEnd: day(300) }
    for (const items of [
      [item(), other],
      [other, item()],
    ]) {
      expect(mirror(snapshot({ items }))).toMatchObject({
        currentPeriodStart: day(-40),
        currentPeriodEnd: day(300),
      })
    }
  })

  it('is still a row when nothing is left on it', () => {
    expect(mirror(snapshot({ items: [] }))).toMatchObject({
      tier: null,
      priceId: null,
      currency: null,
      quantity: null,
      currentPeriodEnd: null,
    })
  })
})

describe('since when it is past due', () => {
  it('is since its invoice was final', () => {
    expect(mirror(pastDue).pastDueSince).toEqual(day(-3))
  })

  it('is kept over a second unpaid invoice: grace does not begin again', () => {
    const previous = row({ status: 'past_due', pastDueSince: day(-12) })
    expect(mirrorOf(pastDue, previous, NO_PRICES).pastDueSince).toEqual(day(-12))
  })

  it('begins anew after a recovery', () => {
    const recovered = row({ status: 'active', pastDueSince: day(-60) })
    expect(mirrorOf(pastDue, recovered, NO_PRICES).pastDueSince).toEqual(day(-3))
  })

  it.each([
    ['no invoice', null],
    ['an invoice that is not final', { ...invoice, finalizedAt: null, dueDate: null }],
  ])('is since the period began when Stripe shows %s', (_, latestInvoice) => {
    expect(mirror({ ...pastDue, latestInvoice }).pastDueSince).toEqual(day(-10))
  })

  it.each(['active', 'unpaid', 'canceled', 'unknown'] as const)(
    'is nothing while it is %s',
    (status) => {
      const previous = row({ status: 'past_due', pastDueSince: day(-12) })
      expect(mirrorOf({ ...pastDue, status }, previous, NO_PRICES).pastDueSince).toBeNull()
    },
  )
})

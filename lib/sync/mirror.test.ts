import { describe, expect, it } from 'vitest'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { mirrorOf } from './mirror'
import { CONTEXT, day, invoice, item, line, NOW, row, snapshot } from './rows.fixture'

const addOn = item({
  id: 'si_2',
  priceId: 'price_seats',
  lookupKey: null,
  metadataTier: null,
  unitAmount: 500,
})
const unpaid = invoice({
  id: 'in_2',
  status: 'open',
  created: day(-3),
  finalizedAt: day(-3),
  paid: 0,
})
const paid = invoice({ created: day(-33), finalizedAt: day(-33) })
const pastDue = snapshot({ status: 'past_due', invoices: [unpaid, paid] })

const mirror = (of: Parameters<typeof mirrorOf>[0]) => mirrorOf(of, undefined, CONTEXT)

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
      tier: SMALL,
      priceId: 'price_pro',
      unitAmount: 1900,
    })
  })

  it('knows a price by the operator’s configuration before all else', () => {
    const prices = { [GREAT]: { year: 'price_pro' } }
    expect(mirrorOf(snapshot(), undefined, { prices, now: NOW }).tier).toBe(GREAT)
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
      tier: SMALL,
      priceId: 'gold-monthly',
      unitAmount: 1900,
    })
  })

  it('names an interval that we do not sell as that, and has no amount where the price is metered in tiers', () => {
    const items = [item({ interval: 'week', unitAmount: null })]
    expect(mirror(snapshot({ items }))).toMatchObject({ interval: '1 week', unitAmount: null })
  })

  it('does not take three months for a month, nor two years for a year', () => {
    for (const [interval, intervalCount] of [
      ['month', 3],
      ['year', 2],
    ] as const)
      expect(mirror(snapshot({ items: [item({ interval, intervalCount })] })).interval).toBe(
        `${intervalCount} ${interval}`,
      )
  })

  it('has the period, the price and the interval of its plan, however long an add-on lasts', () => {
    const yearly = item({
      ...addOn,
      interval: 'year',
      currentPeriodStart: day(-40),
      currentPeriodEnd: day(325),
    })
    for (const items of [
      [item(), yearly],
      [yearly, item()],
    ]) {
      expect(mirror(snapshot({ items }))).toMatchObject({
        interval: 'month',
        unitAmount: 1900,
        currentPeriodStart: day(-10),
        currentPeriodEnd: day(20),
      })
    }
  })

  it('is nothing for a plan of which none is bought, whatever stands beside it', () => {
    expect(mirror(snapshot({ items: [item({ quantity: 0 })] })).tier).toBe('free')
    const none = item({ id: 'si_0', quantity: 0, metadataTier: GREAT, priceId: 'price_studio' })
    expect(mirror(snapshot({ items: [none, item()] }))).toMatchObject({
      tier: SMALL,
      priceId: 'price_pro',
    })
    // The catalog does not know the add-on: that is unknown, and not free.
    expect(mirror(snapshot({ items: [none, addOn] })).tier).toBeNull()
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
    const previous = row({ status: 'past_due', owedSince: day(-3), pastDueSince: day(-1) })
    const second = invoice({ id: 'in_3', status: 'open', finalizedAt: NOW, paid: 0 })
    const both = { ...pastDue, invoices: [second, unpaid, paid] }
    expect(mirrorOf(both, previous, CONTEXT).pastDueSince).toEqual(day(-1))
  })

  it('is kept while it is active for a time, and the same invoice is still not paid', () => {
    const previous = row({ status: 'past_due', owedSince: day(-3), pastDueSince: day(-1) })
    const active = mirrorOf({ ...pastDue, status: 'active' }, previous, CONTEXT)
    expect(active.pastDueSince).toEqual(day(-1))
    const again = mirrorOf(pastDue, { ...previous, ...active }, CONTEXT)
    expect(again.pastDueSince).toEqual(day(-1))
  })

  it('begins anew with another invoice, once the one before was taken back', () => {
    const previous = row({ status: 'past_due', owedSince: day(-33), pastDueSince: day(-32) })
    const taken = { ...paid, id: 'in_1', status: 'void' } as const
    const before = invoice({ id: 'in_0', created: day(-63), finalizedAt: day(-63) })
    const shown = { ...pastDue, invoices: [unpaid, taken, before] }
    expect(mirrorOf(shown, previous, CONTEXT).pastDueSince).toEqual(day(-3))
  })

  it('begins anew after a recovery', () => {
    const recovered = row({ status: 'active', pastDueSince: day(-60) })
    expect(mirrorOf(pastDue, recovered, CONTEXT).pastDueSince).toEqual(day(-3))
  })

  it('is since its invoice was made when that is not final', () => {
    const draft = { ...unpaid, finalizedAt: null }
    expect(mirror({ ...pastDue, invoices: [draft] }).pastDueSince).toEqual(day(-3))
  })

  it('is since the period began when Stripe shows no invoice', () => {
    expect(mirror({ ...pastDue, invoices: [] }).pastDueSince).toEqual(day(-10))
  })

  it('is since the oldest of several unpaid ones, however late we look', () => {
    const second = invoice({ id: 'in_3', status: 'open', finalizedAt: day(-1), paid: 0 })
    expect(mirror({ ...pastDue, invoices: [second, unpaid, paid] }).pastDueSince).toEqual(day(-3))
  })

  it('is since the bank debit came back, and not since its invoice was final', () => {
    const onItsWay = row({ payment: 'open', owes: 'renewal', owedSince: day(-3) })
    expect(mirrorOf(pastDue, onItsWay, CONTEXT).pastDueSince).toEqual(NOW)
  })

  it.each(['active', 'unpaid', 'canceled', 'unknown'] as const)(
    'is nothing while it is %s',
    (status) => {
      const previous = row({ status: 'past_due', pastDueSince: day(-12) })
      expect(mirrorOf({ ...pastDue, status }, previous, CONTEXT).pastDueSince).toBeNull()
    },
  )
})

describe('the money', () => {
  const studio = item({ priceId: 'price_studio', metadataTier: GREAT })
  const former = [
    { id: 'price_pro', lookupKey: null, metadataTier: SMALL, productMetadataTier: null },
  ]

  it('that was asked for a better plan and did not come leaves the plan before', () => {
    const change = invoice({ id: 'in_2', reason: 'change', status: 'open', paid: 0 })
    const upgraded = snapshot({ items: [studio], invoices: [change, paid], formerPrices: former })
    expect(mirror(upgraded)).toMatchObject({
      tier: GREAT,
      coveredTier: SMALL,
      changeUnpaid: true,
      payment: 'settled',
    })
  })

  it('does not speak of a trial, or of what is over', () => {
    const change = invoice({
      id: 'in_2',
      reason: 'change',
      status: 'open',
      paid: 0,
      lines: [line()],
    })
    for (const status of ['trialing', 'canceled'] as const) {
      const other = snapshot({ status, items: [studio], invoices: [change] })
      expect(mirror(other)).toMatchObject({ coveredTier: null, changeUnpaid: false })
    }
  })

  it('that is not collected is shown with the day from which it is collected again', () => {
    expect(mirror(snapshot({ pauseCollection: { resumesAt: day(9) } }))).toMatchObject({
      collectionPaused: true,
      collectionResumesAt: day(9),
    })
  })
})

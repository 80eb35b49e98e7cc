import { describe, expect, it } from 'vitest'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { BilledInvoice } from '@/lib/stripe/billed-invoice'
import { day, invoice, line } from '@/lib/sync/rows.fixture'
import { paymentOf } from './payment-of'

const TIERS: Record<string, string> = { price_pro: SMALL, price_studio: GREAT }
const studio = line({ priceId: 'price_studio', amount: 4900, until: day(20) })

function moneyOf(invoices: BilledInvoice[], over: Partial<Parameters<typeof paymentOf>[0]> = {}) {
  const tierOfPrice = (id: string) => TIERS[id] ?? null
  return paymentOf({ invoices, trialEnd: null, tierOfPrice, ...over }, ACCESS_POLICY)
}

const paid = (over: Partial<BilledInvoice> = {}) => invoice({ reason: 'first', ...over })
const unpaid = (over: Partial<BilledInvoice> = {}) =>
  invoice({ id: 'in_2', status: 'open', paid: 0, finalizedAt: day(-2), ...over })
const settled = { payment: 'settled', owes: null }

describe('the money is there', () => {
  it.each([
    ['the period’s invoice is paid', [invoice()]],
    ['the first invoice is paid', [paid()]],
    ['a coupon left nothing to pay', [paid({ total: 0, paid: 0 })]],
    ['it was paid outside of Stripe', [invoice({ paid: 1900 })]],
    ['credit balance paid a renewal', [invoice({ paid: 0 }), paid()]],
    ['nothing was ever billed', []],
    [
      'a renewal came after one that was written off',
      [invoice({ id: 'in_3' }), unpaid({ status: 'uncollectible' }), paid()],
    ],
    ['a smaller plan gave credit', [invoice({ reason: 'change', total: -900, paid: 0 }), paid()]],
  ] as [string, BilledInvoice[]][])('when %s', (_, invoices) => {
    expect(moneyOf(invoices)).toMatchObject({ ...settled, changeUnpaid: false })
  })

  it('to the end of what the plan was paid for, however long an add-on was', () => {
    const addOn = line({ priceId: 'price_seats', until: day(300) })
    expect(moneyOf([invoice({ lines: [addOn, line()] })]).paidThrough).toEqual(day(20))
  })
})

describe('the first payment is missing', () => {
  it.each(['open', 'void', 'uncollectible'] as const)('while its invoice is %s', (status) => {
    const first = unpaid({ reason: 'first', status })
    expect(moneyOf([first])).toEqual({
      payment: status,
      owes: 'first',
      owedSince: day(-2),
      dueAt: null,
      changeUnpaid: false,
      coveredTier: null,
      paidThrough: null,
    })
  })

  const voided = unpaid({ id: 'in_1', reason: 'first', status: 'void', total: 49_000 })
  it.each([
    [
      'a change of a dollar that a card paid',
      [invoice({ reason: 'change', total: 100, paid: 100 }), voided],
    ],
    [
      'a smaller plan that asked for nothing',
      [invoice({ reason: 'change', total: 0, paid: 0 }), voided],
    ],
    [
      'a renewal that was paid with the credit of the smaller plan',
      [invoice({ paid: 0, share: 0 }), voided],
    ],
    ['the draft of a renewal', [unpaid({ status: 'draft' }), voided]],
  ] as [string, BilledInvoice[]][])('and %s pays nothing of it', (_, invoices) => {
    expect(moneyOf(invoices)).toMatchObject({ payment: 'void', owes: 'first' })
  })

  it('until a whole period is paid with money, or given away', () => {
    expect(moneyOf([invoice(), voided])).toMatchObject(settled)
    expect(moneyOf([invoice({ total: 0, paid: 0 }), voided])).toMatchObject(settled)
  })
})

describe('after a trial', () => {
  const trial = paid({
    total: 0,
    paid: 0,
    created: day(-30),
    lines: [line({ amount: 0, until: day(-3) })],
  })
  const over = { trialEnd: day(-3) }

  it('the first charge is a first payment', () => {
    expect(moneyOf([unpaid(), trial], over)).toMatchObject({ payment: 'open', owes: 'conversion' })
  })

  it('that was followed by a period for nothing, the next charge is a renewal', () => {
    const free = invoice({ id: 'in_3', total: 0, paid: 0, created: day(-3) })
    expect(moneyOf([unpaid({ id: 'in_4' }), free, trial], over)).toMatchObject({ owes: 'renewal' })
  })

  it('that was given again and again the next charge is a first payment', () => {
    const longer = invoice({ id: 'in_3', reason: 'renewal', total: 0, paid: 0, created: day(-20) })
    const next = unpaid({ id: 'in_4' })
    expect(moneyOf([next, longer, trial], over)).toMatchObject({ owes: 'conversion' })
  })

  it('there was none where the first invoice was for no plan: the next is a first payment', () => {
    const nothing = paid({ total: 0, paid: 0, lines: [line({ amount: 0, quantity: 0 })] })
    const draft = unpaid({ status: 'draft', finalizedAt: null })
    expect(moneyOf([draft, nothing])).toMatchObject({ payment: 'draft', owes: 'first' })
  })

  it('the trial itself was given', () => {
    expect(moneyOf([trial], { trialEnd: day(3) })).toMatchObject(settled)
  })
})

describe('a renewal is missing', () => {
  it.each([
    ['draft', 'draft'],
    ['open', 'open'],
    ['void', 'void'],
    ['uncollectible', 'uncollectible'],
    ['unknown', 'open'],
  ] as const)('while its invoice is %s', (status, payment) => {
    expect(moneyOf([unpaid({ status }), paid()])).toMatchObject({ payment, owes: 'renewal' })
  })

  it.each(['void', 'uncollectible', 'draft'] as const)(
    'and is no gift where a pause of collection made its invoice %s, unless the policy lets the plan go on',
    (status) => {
      const passed = unpaid({ status, skipped: true })
      const missing = { payment: 'skipped', owes: 'renewal' }
      expect(moneyOf([passed, paid()])).toMatchObject(missing)
      // The next one is not waited for before the plan is on again: the period before was not paid.
      const next = unpaid({ id: 'in_3', finalizedAt: day(-1) })
      expect(moneyOf([next, passed, paid()])).toMatchObject({ ...missing, paidThrough: day(20) })
      const kept = { ...ACCESS_POLICY, pausedCollection: 'keep' } as const
      const billed = { invoices: [next, passed, paid()], trialEnd: null, tierOfPrice: () => null }
      expect(paymentOf(billed, kept)).toMatchObject({ payment: 'open', owes: 'renewal' })
    },
  )

  it('and is awaited until its day when it was sent', () => {
    const sent = unpaid({ sent: true, dueDate: day(28) })
    expect(moneyOf([sent, paid()])).toMatchObject({ payment: 'sent', dueAt: day(28) })
  })

  it('since the oldest one: another that is not paid either begins nothing anew', () => {
    const next = unpaid({ id: 'in_3', finalizedAt: day(-1) })
    const writtenOff = unpaid({ status: 'uncollectible', finalizedAt: day(-31) })
    expect(moneyOf([next, writtenOff, paid()])).toMatchObject({
      payment: 'uncollectible',
      owedSince: day(-31),
    })
  })

  it('and not the one before it that an operator took back', () => {
    const next = unpaid({ id: 'in_3', finalizedAt: day(-1) })
    const taken = unpaid({ status: 'void', finalizedAt: day(-31) })
    expect(moneyOf([next, taken, paid()])).toMatchObject({ payment: 'open', owedSince: day(-1) })
  })
})

describe('a change that is not paid', () => {
  const upgrade = (over: Partial<BilledInvoice> = {}) =>
    unpaid({ reason: 'change', total: 3000, lines: [line({ amount: -1900 }), studio], ...over })

  it.each(['open', 'void', 'uncollectible'] as const)(
    'leaves the plan before it, while its invoice is %s',
    (status) => {
      expect(moneyOf([upgrade({ status }), paid()])).toMatchObject({
        ...settled,
        changeUnpaid: true,
        coveredTier: SMALL,
        paidThrough: day(20),
      })
    },
  )

  it('is not paid by a later change: only by itself, or by the next whole period', () => {
    const seat = invoice({ id: 'in_3', reason: 'change', total: 100, paid: 100, lines: [studio] })
    expect(moneyOf([seat, upgrade(), paid()])).toMatchObject({ coveredTier: SMALL })
    const renewed = invoice({ id: 'in_4', lines: [studio] })
    expect(moneyOf([renewed, upgrade(), paid()])).toMatchObject({ changeUnpaid: false })
  })

  it('is paid for once its money is there', () => {
    const arrived = upgrade({ status: 'paid', paid: 3000 })
    expect(moneyOf([arrived, paid()])).toMatchObject({ ...settled, changeUnpaid: false })
  })

  it('ends with what was paid for, even where it began a period of its own', () => {
    const yearly = line({ priceId: 'price_studio', amount: 49_000, from: day(-2), until: day(363) })
    const longer = upgrade({ lines: [line({ amount: -1900 }), yearly] })
    const renewal = unpaid({ id: 'in_3', finalizedAt: day(-1) })
    const covered = { changeUnpaid: true, coveredTier: SMALL, paidThrough: day(20) }
    expect(moneyOf([longer, paid()])).toMatchObject({ ...settled, ...covered })
    expect(moneyOf([renewal, longer, paid()])).toMatchObject(covered)
    const arrived = { ...longer, status: 'paid', paid: 47_100 } as const
    expect(moneyOf([arrived, paid()])).toMatchObject({
      ...settled,
      changeUnpaid: false,
      paidThrough: day(363),
    })
  })

  it('gives back nothing beside a bill that already gives it back', () => {
    const renewal = unpaid({ lines: [line({ amount: -900 }), line({ until: day(50) })] })
    expect(moneyOf([renewal, paid()])).toMatchObject({ owes: 'renewal', paidThrough: null })
  })

  it('does not hide that nothing was ever paid', () => {
    const first = unpaid({ id: 'in_1', reason: 'first', status: 'void' })
    expect(moneyOf([upgrade(), first])).toMatchObject({ owes: 'first', changeUnpaid: true })
  })

  it('leaves an unknown plan unknown where the paid invoice names none', () => {
    const other = paid({ lines: [line({ priceId: 'price_seats' })] })
    expect(moneyOf([upgrade(), other])).toMatchObject({ changeUnpaid: true, coveredTier: null })
  })
})

describe('a period of which a part was paid with credit that was never paid for', () => {
  it('lasts for the part that was paid, on the plan that it is for', () => {
    expect(moneyOf([invoice({ share: 0.5 }), paid()])).toMatchObject({
      ...settled,
      changeUnpaid: true,
      coveredTier: SMALL,
      paidThrough: day(5),
    })
  })

  it('is as good as written off when it is the whole', () => {
    expect(moneyOf([invoice({ paid: 0, share: 0 }), paid()])).toMatchObject({
      payment: 'uncollectible',
      owes: 'renewal',
    })
  })
})

it('an add-on alone neither pays a period nor is a debt', () => {
  const none = line({ quantity: 0, amount: 0 })
  expect(moneyOf([unpaid({ lines: [none] }), paid()])).toMatchObject(settled)
})

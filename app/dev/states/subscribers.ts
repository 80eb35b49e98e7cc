import type { Billing, Coming } from '@/lib/billing/billing'
import { ENTRY_PLAN, FREE as FREE_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import type { NextCharge } from '@/lib/charge'
import { formatMoney, type Money } from '@/lib/money'

export const DAY = (day: string) => new Date(`${day}T09:30:00Z`)

export const FREE: Billing = {
  open: null,
  next: { kind: 'nothing' },
  trialEnding: null,
  resumption: null,
  tier: FREE_PLAN.tier,
  earnedTier: FREE_PLAN.tier,
  subscriptionId: null,
  plan: null,
  status: 'none',
  access: 'none',
  interval: null,
  recurrence: null,
  price: null,
  priceId: null,
  quantity: 1,
  currentPeriodEnd: null,
  cancelAt: null,
  isCanceling: false,
  cancelAtPeriodEnd: false,
  trialEnd: null,
  pastDueSince: null,
  graceUntil: null,
  endedAt: null,
  money: { payment: 'settled', owes: null, owedSince: null, paidThrough: null },
  isDisputed: false,
  waitsFor: null,
  collectionPaused: null,
  features: [],
  usage: {
    used: 3,
    limit: FREE_PLAN.monthlyUses,
    resetsAt: DAY('2026-12-01'),
    overage: 'block',
    credits: 0,
  },
  others: [],
  hasCustomer: false,
  isOfGoneCustomer: false,
  asOf: null,
  stale: false,
}

/** What the smallest plan costs by the month: the amount that most states are about, whatever is sold. */
export const MONTHLY: Money = ENTRY_PLAN.prices.month

/** A line of an invoice for one of a plan, or more, in Stripe's words. */
export function lineOf(name: string, each: Money, interval: 'month' | 'year', quantity = 1) {
  const text = `${quantity} × ${name} (at ${formatMoney(each)} / ${interval})`
  return { text, amount: each.amount * quantity, isProration: false }
}

const CHARGE: NextCharge = {
  currency: 'usd',
  at: DAY('2026-12-23'),
  lines: [lineOf(ENTRY_PLAN.name, MONTHLY, 'month')],
  discounts: [],
  tax: { added: 0, included: 0, isUnknown: false },
  total: MONTHLY.amount,
  balance: 0,
  carried: 0,
  due: MONTHLY.amount,
  paidWith: { kind: 'card', brand: 'visa', last4: '4242', expiresAt: DAY('2034-01-01') },
  change: null,
  withoutCard: null,
  isDrafted: false,
}

export const chargeOf = (over: Partial<NextCharge> = {}, coming: Coming | null = null) =>
  ({ kind: 'charge', charge: { ...CHARGE, ...over }, coming }) as const

/** A customer who pays for the smallest plan by the month. */
export const BASIC: Billing = {
  ...FREE,
  tier: ENTRY_PLAN.tier,
  earnedTier: ENTRY_PLAN.tier,
  subscriptionId: 'sub_1',
  plan: ENTRY_PLAN.tier,
  status: 'active',
  access: 'full',
  interval: 'month',
  price: MONTHLY,
  next: chargeOf(),
  currentPeriodEnd: DAY('2026-12-23'),
  features: ENTRY_PLAN.features,
  usage: {
    used: Math.floor(ENTRY_PLAN.monthlyUses * 0.41),
    limit: ENTRY_PLAN.monthlyUses,
    resetsAt: DAY('2026-12-01'),
    overage: 'block',
    credits: 0,
  },
  hasCustomer: true,
  asOf: DAY('2026-11-23'),
}

const YEARLY = TOP_PLAN.prices.year
// As in Germany, to the cent.
const TAX = Math.round(YEARLY.amount * 0.19)

export const BEST: Billing = {
  ...BASIC,
  tier: TOP_PLAN.tier,
  earnedTier: TOP_PLAN.tier,
  plan: TOP_PLAN.tier,
  interval: 'year',
  price: YEARLY,
  next: chargeOf({
    at: DAY('2027-11-23'),
    lines: [lineOf(TOP_PLAN.name, YEARLY, 'year')],
    tax: { added: TAX, included: 0, isUnknown: false },
    total: YEARLY.amount + TAX,
    due: YEARLY.amount + TAX,
    paidWith: { kind: 'bank', bank: 'Test Bank', last4: '6789' },
  }),
  currentPeriodEnd: DAY('2027-11-23'),
  features: TOP_PLAN.features,
  usage: {
    used: Math.floor(TOP_PLAN.monthlyUses * 0.82),
    limit: TOP_PLAN.monthlyUses,
    resetsAt: DAY('2026-12-01'),
    overage: 'block',
    credits: 0,
  },
}

export const OFF: Billing = {
  ...BASIC,
  tier: FREE_PLAN.tier,
  earnedTier: FREE_PLAN.tier,
  next: { kind: 'nothing' },
  access: 'none',
  features: [],
  usage: FREE.usage,
}
/** One whose first money is not there, and for which nothing is charged next. */
export const NEVER_PAID: Billing = {
  ...BEST,
  next: { kind: 'nothing' },
  tier: FREE_PLAN.tier,
  earnedTier: FREE_PLAN.tier,
  access: 'none',
  features: [],
  usage: FREE.usage,
}

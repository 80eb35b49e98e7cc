import type { Billing } from '@/lib/billing/billing'
import { ENTRY_PLAN, FREE as FREE_PLAN, TOP_PLAN } from '@/lib/catalog/plans'

const DAY = (day: string) => new Date(`${day}T09:30:00Z`)

const FREE: Billing = {
  open: null,
  trialEnding: null,
  tier: FREE_PLAN.tier,
  subscriptionId: null,
  plan: null,
  status: 'none',
  access: 'none',
  interval: null,
  price: null,
  currentPeriodEnd: null,
  cancelAt: null,
  isCanceling: false,
  cancelAtPeriodEnd: false,
  trialEnd: null,
  pastDueSince: null,
  graceUntil: null,
  endedAt: null,
  money: { payment: 'settled', owes: null, owedSince: null, paidThrough: null },
  waitsFor: null,
  collectionPaused: null,
  features: [],
  usage: { used: 3, limit: FREE_PLAN.monthlyUses, resetsAt: DAY('2026-12-01') },
  others: [],
  hasCustomer: false,
  asOf: null,
  stale: false,
}

/** A customer who pays for the smallest plan by the month. */
export const BASIC: Billing = {
  ...FREE,
  tier: ENTRY_PLAN.tier,
  subscriptionId: 'sub_1',
  plan: ENTRY_PLAN.tier,
  status: 'active',
  access: 'full',
  interval: 'month',
  price: ENTRY_PLAN.prices.month,
  currentPeriodEnd: DAY('2026-12-23'),
  features: ENTRY_PLAN.features,
  usage: {
    used: Math.floor(ENTRY_PLAN.monthlyUses * 0.41),
    limit: ENTRY_PLAN.monthlyUses,
    resetsAt: DAY('2026-12-01'),
  },
  hasCustomer: true,
  asOf: DAY('2026-11-23'),
}

const BEST: Billing = {
  ...BASIC,
  tier: TOP_PLAN.tier,
  plan: TOP_PLAN.tier,
  interval: 'year',
  price: TOP_PLAN.prices.year,
  currentPeriodEnd: DAY('2027-11-23'),
  features: TOP_PLAN.features,
  usage: {
    used: Math.floor(TOP_PLAN.monthlyUses * 0.82),
    limit: TOP_PLAN.monthlyUses,
    resetsAt: DAY('2026-12-01'),
  },
}

const OFF: Billing = {
  ...BASIC,
  tier: FREE_PLAN.tier,
  access: 'none',
  features: [],
  usage: FREE.usage,
}
const NEVER_PAID: Billing = {
  ...BEST,
  tier: FREE_PLAN.tier,
  access: 'none',
  features: [],
  usage: FREE.usage,
}
const ENDING = { isCanceling: true, cancelAtPeriodEnd: true, cancelAt: DAY('2026-12-23') }
// Stripe's page of an invoice, in real life.
const OPEN = {
  remaining: { amount: 1900, currency: 'usd' },
  nextAttempt: DAY('2026-11-27'),
  payUrl: 'https://invoice.stripe.com/i/example',
}
const LATE = {
  open: OPEN,
  status: 'past_due',
  access: 'grace',
  pastDueSince: DAY('2026-11-20'),
  graceUntil: DAY('2026-12-04'),
} as const
const FIRST = {
  payment: 'open',
  owes: 'first',
  owedSince: DAY('2026-11-22'),
  paidThrough: null,
} as const
const TRIAL: Billing = {
  ...BASIC,
  status: 'trialing',
  trialEnd: DAY('2026-12-07'),
  currentPeriodEnd: DAY('2026-12-07'),
  // Half off: what is charged is not what the plan costs.
  trialEnding: { charge: { amount: 950, currency: 'usd' }, withoutCard: null },
}
const SPENT = {
  used: ENTRY_PLAN.monthlyUses,
  limit: ENTRY_PLAN.monthlyUses,
  resetsAt: DAY('2026-12-01'),
}

/** Every state that the billing page can be in, each under the sentence that describes it. */
export const STATES: readonly { name: string; billing: Billing }[] = [
  { name: 'Never bought', billing: FREE },
  {
    name: 'Never bought, limit reached',
    billing: { ...FREE, usage: { ...FREE.usage, used: FREE.usage.limit } },
  },
  { name: 'active', billing: BASIC },
  { name: 'active, the greatest plan by the year', billing: BEST },
  { name: 'active, limit reached', billing: { ...BASIC, usage: SPENT } },
  { name: 'active, ending', billing: { ...BASIC, ...ENDING } },
  { name: 'active, ending, limit reached', billing: { ...BASIC, ...ENDING, usage: SPENT } },
  { name: 'trialing', billing: TRIAL },
  {
    name: 'trialing, without a card',
    billing: {
      ...TRIAL,
      trialEnding: { charge: { amount: 1900, currency: 'usd' }, withoutCard: 'create_invoice' },
    },
  },
  {
    name: 'trialing, without a card, and paused at its end',
    billing: { ...TRIAL, trialEnding: { charge: TRIAL.price, withoutCard: 'pause' } },
  },
  {
    name: 'trialing, ending',
    billing: {
      ...BASIC,
      ...ENDING,
      status: 'trialing',
      trialEnd: DAY('2026-12-07'),
      cancelAt: DAY('2026-12-07'),
    },
  },
  { name: 'past_due, in grace', billing: { ...BASIC, ...LATE } },
  {
    name: 'past_due, in grace, ending, limit reached',
    billing: { ...BASIC, ...LATE, ...ENDING, usage: SPENT },
  },
  { name: 'past_due, grace over', billing: { ...OFF, ...LATE, access: 'none' } },
  {
    name: 'past_due, grace over, not tried again',
    billing: { ...OFF, ...LATE, access: 'none', open: { ...OPEN, nextAttempt: null } },
  },
  { name: 'past_due, amount not known', billing: { ...BASIC, ...LATE, open: null } },
  {
    name: 'unpaid',
    billing: {
      ...OFF,
      status: 'unpaid',
      pastDueSince: DAY('2026-10-20'),
      open: { ...OPEN, nextAttempt: null },
    },
  },
  {
    name: 'processing: the first bank debit is on its way',
    billing: { ...NEVER_PAID, status: 'processing', money: FIRST },
  },
  {
    name: 'unpaid: the first bank debit came back',
    billing: { ...NEVER_PAID, status: 'unpaid', money: { ...FIRST, payment: 'void' } },
  },
  {
    name: 'canceled: it never began, because the first payment did not arrive',
    billing: {
      ...NEVER_PAID,
      status: 'canceled',
      endedAt: DAY('2026-11-27'),
      money: { ...FIRST, payment: 'void' },
    },
  },
  {
    name: 'active, waiting for the payment of a better plan',
    billing: { ...BASIC, waitsFor: TOP_PLAN.tier },
  },
  {
    name: 'active, collection paused until a day',
    billing: {
      ...BASIC,
      money: { ...BASIC.money, paidThrough: DAY('2026-12-23') },
      collectionPaused: { resumesAt: DAY('2027-01-23') },
    },
  },
  {
    name: 'active, collection paused, and what was paid for is over',
    billing: {
      ...OFF,
      money: { ...BASIC.money, paidThrough: DAY('2026-11-20') },
      collectionPaused: { resumesAt: null },
    },
  },
  { name: 'incomplete', billing: { ...OFF, status: 'incomplete', open: OPEN } },
  { name: 'incomplete_expired', billing: { ...OFF, status: 'incomplete_expired' } },
  { name: 'paused', billing: { ...OFF, status: 'paused' } },
  { name: 'canceled', billing: { ...OFF, status: 'canceled', endedAt: DAY('2026-11-07') } },
  {
    name: 'active, with a second subscription',
    billing: {
      ...BEST,
      others: [
        {
          id: 'sub_2',
          plan: ENTRY_PLAN.tier,
          currentPeriodEnd: DAY('2026-12-23'),
          isCanceling: false,
        },
      ],
    },
  },
  { name: 'A status that Stripe may add one day', billing: { ...OFF, status: 'unknown' } },
  { name: 'Stripe out of reach', billing: { ...BASIC, stale: true } },
]

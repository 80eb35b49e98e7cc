import type { Billing } from '@/lib/billing/billing'
import { ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import type { WithoutCard } from '@/lib/charge'
import { ENDING, LATE_STATES, OPEN, SPENT } from './late'
import { MONEY_STATES } from './money-states'
import { PAUSED_COLLECTION } from './paused-collection'
import { BASIC, BEST, chargeOf, DAY, FREE, lineOf, MONTHLY, NEVER_PAID, OFF } from './subscribers'

// The first instant of a month: cards are good to the end of the one before.
const CARD_ENDS = new Date('2026-12-01T00:00:00Z')
const FIRST = {
  payment: 'open',
  owes: 'first',
  owedSince: DAY('2026-11-22'),
  paidThrough: null,
} as const
const CAME_BACK = { ...FIRST, payment: 'void', owedSince: DAY('2026-11-15') } as const
// Half off: what is charged is not what the plan costs.
const HALF_OFF = Math.round(MONTHLY.amount / 2)
const HALF = MONTHLY.amount - HALF_OFF
// Three of the plan, a fifth off, and a credit of what one costs.
const FIFTH_OFF = Math.round((MONTHLY.amount * 3) / 5)
const THREE = MONTHLY.amount * 3 - FIFTH_OFF
// What its operator will ask for the plan.
const RAISED = { ...MONTHLY, amount: MONTHLY.amount + 500 }
/** A trial that goes on, with a code for its first charge. */
export const TRIAL: Billing = {
  ...BASIC,
  status: 'trialing',
  trialEnd: DAY('2026-12-07'),
  currentPeriodEnd: DAY('2026-12-07'),
  trialEnding: { charge: { ...MONTHLY, amount: HALF }, withoutCard: null },
  next: chargeOf({
    at: DAY('2026-12-07'),
    discounts: [{ amount: HALF_OFF, name: 'HALF', percent: 50, lasts: 'once' }],
    total: HALF,
    due: HALF,
  }),
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
  {
    name: 'active, three of it, with a code and credit',
    billing: {
      ...BASIC,
      quantity: 3,
      price: { ...MONTHLY, amount: MONTHLY.amount * 3 },
      next: chargeOf({
        lines: [lineOf(ENTRY_PLAN.name, MONTHLY, 'month', 3)],
        discounts: [
          { amount: FIFTH_OFF, name: 'LAUNCH20', percent: 20, lasts: { until: DAY('2027-02-23') } },
        ],
        total: THREE,
        balance: -MONTHLY.amount,
        due: THREE - MONTHLY.amount,
      }),
    },
  },
  {
    name: 'active, what is charged next not known',
    billing: { ...BASIC, next: { kind: 'unknown' } },
  },
  {
    name: 'active, a smaller plan is planned',
    billing: {
      ...BEST,
      next: chargeOf(
        { at: DAY('2027-11-23') },
        {
          kind: 'planned',
          at: DAY('2027-11-23'),
          tier: ENTRY_PLAN.tier,
          interval: 'month',
          recurrence: null,
        },
      ),
    },
  },
  {
    name: 'active, an upgrade waits for its payment',
    billing: {
      ...BASIC,
      next: chargeOf(
        {},
        {
          kind: 'waits',
          at: DAY('2026-11-24'),
          tier: TOP_PLAN.tier,
          interval: 'month',
          recurrence: null,
        },
      ),
    },
  },
  {
    name: 'active, its card expires before the next charge',
    billing: {
      ...BASIC,
      next: chargeOf({
        paidWith: { kind: 'card', brand: 'visa', last4: '4242', expiresAt: CARD_ENDS },
      }),
    },
  },
  {
    name: 'active, and its payment was disputed and lost',
    billing: { ...OFF, next: BASIC.next, money: { ...BASIC.money, payment: 'dispute_lost' } },
  },
  { name: 'active, limit reached', billing: { ...BASIC, usage: SPENT } },
  { name: 'active, ending', billing: { ...BASIC, ...ENDING } },
  { name: 'active, ending, limit reached', billing: { ...BASIC, ...ENDING, usage: SPENT } },
  { name: 'trialing', billing: TRIAL },
  { name: 'trialing, without a card', billing: withoutCard('create_invoice') },
  { name: 'trialing, without a card, and paused at its end', billing: withoutCard('pause') },
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
  ...LATE_STATES,
  {
    name: 'active, another price is planned',
    billing: {
      ...BASIC,
      next: chargeOf(
        {
          at: DAY('2026-12-23'),
          lines: [lineOf(ENTRY_PLAN.name, RAISED, 'month')],
          total: RAISED.amount,
          due: RAISED.amount,
        },
        {
          kind: 'price',
          at: DAY('2026-12-23'),
          tier: ENTRY_PLAN.tier,
          interval: 'month',
          recurrence: null,
        },
      ),
    },
  },
  {
    name: 'processing: the first bank debit is on its way',
    // Stripe has it as active, and renews it.
    billing: { ...NEVER_PAID, status: 'processing', money: FIRST, next: BEST.next },
  },
  {
    name: 'unpaid: the first bank debit came back',
    billing: { ...NEVER_PAID, status: 'unpaid', money: CAME_BACK },
  },
  {
    name: 'canceled: it never began, because the first payment did not arrive',
    billing: {
      ...NEVER_PAID,
      status: 'canceled',
      endedAt: DAY('2026-11-19'),
      money: CAME_BACK,
    },
  },
  {
    name: 'active, waiting for the payment of a better plan',
    billing: { ...BASIC, waitsFor: TOP_PLAN.tier },
  },
  ...MONEY_STATES,
  ...PAUSED_COLLECTION,
  {
    name: 'incomplete',
    billing: {
      ...{ ...OFF, status: 'incomplete' },
      open: { ...OPEN, billingReason: 'subscription_create', nextAttempt: null },
    },
  },
  { name: 'incomplete_expired', billing: { ...OFF, status: 'incomplete_expired' } },
  {
    name: 'paused',
    billing: { ...OFF, status: 'paused', resumption: MONTHLY },
  },
  { name: 'paused, amount not known', billing: { ...OFF, status: 'paused' } },
  {
    name: 'paused, and set to end',
    billing: {
      ...{ ...OFF, ...ENDING, status: 'paused' },
      resumption: MONTHLY,
    },
  },
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
  { name: 'Stripe out of reach', billing: { ...BASIC, stale: true, next: { kind: 'unknown' } } },
]

// The same trial, which its owner began with nothing to charge and without a code.
function withoutCard(what: WithoutCard): Billing {
  const at = DAY('2026-12-07')
  return {
    ...TRIAL,
    trialEnding: { charge: TRIAL.price, withoutCard: what },
    next: chargeOf({ at, paidWith: null, withoutCard: what }),
  }
}

import type { Billing } from '@/lib/billing/billing'
import { ENTRY_PLAN } from '@/lib/catalog/plans'
import { BASIC, DAY, MONTHLY, OFF } from './subscribers'

/** Set to end with the period that is paid for. */
export const ENDING = {
  next: { kind: 'nothing' },
  isCanceling: true,
  cancelAtPeriodEnd: true,
  cancelAt: DAY('2026-12-23'),
} as const
// Stripe's page of an invoice, in real life.
export const OPEN = {
  id: 'in_1',
  remaining: MONTHLY,
  nextAttempt: DAY('2026-11-27'),
  payUrl: 'https://invoice.stripe.com/i/example',
  billingReason: 'subscription_cycle',
  isProcessing: false,
  processingSince: null,
} as const
const SENT = { ...OPEN, isProcessing: true, nextAttempt: null, processingSince: DAY('2026-11-21') }
const LATE = {
  open: OPEN,
  status: 'past_due',
  access: 'grace',
  pastDueSince: DAY('2026-11-20'),
  graceUntil: DAY('2026-12-04'),
} as const
/** The uses of the month are used up. */
export const SPENT = {
  used: ENTRY_PLAN.monthlyUses,
  limit: ENTRY_PLAN.monthlyUses,
  resetsAt: DAY('2026-12-01'),
  overage: 'block',
  credits: 0,
} as const

/** What is late, in each way. */
export const LATE_STATES: readonly { name: string; billing: Billing }[] = [
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
    name: 'past_due, and a bank debit for it is on its way',
    billing: { ...BASIC, ...LATE, open: SENT },
  },
  {
    name: 'unpaid, and a bank debit for it is on its way',
    billing: { ...OFF, status: 'unpaid', pastDueSince: DAY('2026-10-20'), open: SENT },
  },
  {
    name: 'unpaid',
    billing: {
      ...OFF,
      status: 'unpaid',
      pastDueSince: DAY('2026-10-20'),
      open: { ...OPEN, nextAttempt: null },
    },
  },
]

import type { Billing } from '@/lib/billing/billing'
import { BASIC, DAY, MONTHLY, OFF } from './subscribers'

const SKIPPED = {
  ...BASIC.money,
  payment: 'skipped',
  owes: 'renewal',
  owedSince: DAY('2026-11-20'),
  paidThrough: DAY('2026-11-20'),
} satisfies Billing['money']

/** Nothing is collected, or was: before the end of what is paid for, and after it. */
export const PAUSED_COLLECTION: readonly { name: string; billing: Billing }[] = [
  {
    name: 'active, collection paused until a day',
    billing: {
      ...BASIC,
      // The invoice of that day is let pass.
      next: { kind: 'nothing' },
      money: { ...BASIC.money, paidThrough: DAY('2026-12-23') },
      collectionPaused: { resumesAt: DAY('2027-01-23') },
    },
  },
  {
    name: 'active, collection paused, and what was paid for is over',
    billing: {
      ...OFF,
      money: SKIPPED,
      collectionPaused: { resumesAt: null },
      resumption: MONTHLY,
    },
  },
  {
    name: 'active, collection paused, and a renewal is a draft that would be charged',
    billing: {
      ...OFF,
      money: { ...SKIPPED, payment: 'draft' },
      collectionPaused: { resumesAt: DAY('2027-01-23') },
      resumption: MONTHLY,
    },
  },
  {
    name: 'active, a pause ended in a period that it let pass',
    billing: {
      ...OFF,
      next: BASIC.next,
      money: SKIPPED,
      resumption: MONTHLY,
    },
  },
]

import type { Billing } from '@/lib/billing/billing'
import { BASIC, DAY } from './subscribers'

/** What the money of a plan in order is about, where it is not simply there. */
export const MONEY_STATES: readonly { name: string; billing: Billing }[] = [
  {
    name: 'active, a bank debit for its renewal is on its way',
    billing: {
      ...BASIC,
      money: { ...BASIC.money, payment: 'open', owes: 'renewal', owedSince: DAY('2026-11-22') },
    },
  },
  {
    name: 'active, and its first bank debit is on its way',
    billing: {
      ...BASIC,
      money: { ...BASIC.money, payment: 'open', owes: 'first', owedSince: DAY('2026-11-22') },
    },
  },
  {
    name: 'active, limit reached, and credits are left',
    billing: { ...BASIC, usage: { ...BASIC.usage, used: BASIC.usage.limit, credits: 250 } },
  },
  {
    name: 'active, limit reached, and what is used after it is counted',
    billing: { ...BASIC, usage: { ...BASIC.usage, used: BASIC.usage.limit, overage: 'allow' } },
  },
  { name: 'active, and a payment is disputed', billing: { ...BASIC, isDisputed: true } },
]

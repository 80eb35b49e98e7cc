import type { Outcome } from '@/app/checkout/return/outcome'
import { ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import { TRIAL } from './fixtures'
import { BASIC } from './subscribers'

const receipt = {
  total: ENTRY_PLAN.prices.month,
  paid: ENTRY_PLAN.prices.month,
  number: 'A1B2C3D4-0001',
  card: { brand: 'visa', last4: '4242' },
  invoiceUrl: null,
}

const choice = { tier: ENTRY_PLAN.tier, interval: 'year' } as const

/** Every frame of the page that Stripe sends people back to. */
export const RETURNS: readonly { name: string; outcome: Outcome; attempt: number }[] = [
  {
    name: 'Paid and on',
    attempt: 0,
    outcome: {
      kind: 'activated',
      tier: ENTRY_PLAN.tier,
      billing: BASIC,
      receipt,
      before: null,
    },
  },
  {
    name: 'Opened again after a change of plan',
    attempt: 0,
    outcome: {
      ...{ kind: 'activated', tier: ENTRY_PLAN.tier, billing: BASIC, receipt: null },
      before: { tier: TOP_PLAN.tier, interval: 'year', paid: TOP_PLAN.prices.year },
    },
  },
  {
    name: 'A trial has begun',
    attempt: 0,
    outcome: {
      ...{ kind: 'activated', tier: ENTRY_PLAN.tier, billing: TRIAL, receipt: null },
      before: null,
    },
  },
  { name: 'Asked often enough', outcome: { kind: 'activating' }, attempt: 99 },
  { name: 'Stripe out of reach', outcome: { kind: 'unreachable' }, attempt: 99 },
  { name: 'Ended since', outcome: { kind: 'ended' }, attempt: 0 },
  { name: 'Paid, and withheld', outcome: { kind: 'withheld' }, attempt: 0 },
  { name: 'Bank debit', outcome: { kind: 'processing' }, attempt: 0 },
  {
    name: 'Bank debit, and on already',
    attempt: 0,
    outcome: {
      ...{ kind: 'activated', tier: ENTRY_PLAN.tier, receipt: null, before: null },
      billing: { ...BASIC, money: { ...BASIC.money, payment: 'open', owes: 'first' } },
    },
  },
  { name: 'Left before paying', outcome: { kind: 'open', choice }, attempt: 0 },
  { name: 'Expired', outcome: { kind: 'expired', choice }, attempt: 0 },
  { name: 'Looked at too often', outcome: { kind: 'busy' }, attempt: 0 },
  { name: 'Another user’s, or none', outcome: { kind: 'unknown' }, attempt: 0 },
]

import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import type { MirrorRow } from '@/lib/sync/mirror'

/** What the application makes of what Stripe shows, and what it keeps of that. */
type Reading = {
  snapshot?: (shown: SubscriptionSnapshot) => SubscriptionSnapshot
  row?: (row: MirrorRow) => MirrorRow
}
type Invoice = SubscriptionSnapshot['invoices'][number]

/** The rules by which access follows money, each as what the application would see if it had no such rule. */
export const RULES = {
  /** A customer who paid has what was paid for. */
  paidInvoice: { snapshot: invoicesAs((each) => ({ ...each, status: 'open', share: 0 })) },
  /** A first debit that is on its way is no money. */
  firstDebit: {
    row: (row) => (row.owes === 'first' && row.payment === 'open' ? asPaid(row) : row),
  },
  /** Neither is the first charge after a trial. */
  conversion: { row: (row) => (row.owes === 'conversion' ? asPaid(row) : row) },
  /** An invoice that is void was not paid. */
  voidInvoice: { snapshot: paidWhere(({ status }) => status === 'void') },
  /** An invoice that was written off was not paid. */
  writtenOff: { snapshot: paidWhere(({ status }) => status === 'uncollectible') },
  /** What a pause let pass is no gift of an operator's. */
  skippedPeriod: { snapshot: invoicesAs((each) => ({ ...each, skipped: false })) },
  /** An invoice that was sent is paid or waited for until its day. */
  sentInvoice: { row: (row) => (row.payment === 'sent' ? asPaid(row) : row) },
  /** A better plan is not there before its money. */
  changeUnpaid: { row: (row) => ({ ...row, changeUnpaid: false }) },
  /** Credit for what was not paid is no money. */
  realShare: {
    snapshot: invoicesAs((each) => ({ ...each, share: each.status === 'paid' ? 1 : 0 })),
  },
  /** Only an invoice for a whole period pays for one. */
  wholePeriod: {
    snapshot: invoicesAs((each) =>
      each.reason === 'change' && each.status === 'paid' ? { ...each, reason: 'renewal' } : each,
    ),
  },
  /** What was refunded is not paid, where the policy says so. */
  refund: { snapshot: notReversed('refunded') },
  /** What a bank took back is not paid, where the policy says so. */
  dispute: { snapshot: notReversed('dispute_lost') },
  /** Nothing is paid for while collection is paused. */
  pausedCollection: { row: (row) => ({ ...row, collectionPaused: false }) },
  /** A quantity of none is no plan. */
  quantity: { snapshot: atLeastOne },
  /** Grace counts from the day on which a debit came back, and not from its invoice. */
  debitsReturn: { row: (row) => ({ ...row, pastDueSince: row.pastDueSince && row.owedSince }) },
  /** Grace ends. */
  grace: {
    row: (row) => (row.status === 'past_due' ? { ...row, status: 'active', owes: null } : row),
  },
  /** A planned end is an end. */
  plannedEnd: { row: (row) => ({ ...row, cancelAt: null }) },
} as const satisfies Record<string, Reading>

export type Rule = keyof typeof RULES

export function isRule(name: string): name is Rule {
  return name in RULES
}

/** What the application reads without a rule; null: with all of them. */
export function without(rule: Rule | null): Required<Reading> {
  const { snapshot = asItIs, row = asItIs }: Reading = rule ? RULES[rule] : {}
  return { snapshot, row }
}

function asItIs<T>(shown: T): T {
  return shown
}

function asPaid(row: MirrorRow): MirrorRow {
  return { ...row, payment: 'settled', owes: null, owedSince: null }
}

function invoicesAs(change: (invoice: Invoice) => Invoice): Required<Reading>['snapshot'] {
  return (shown) => ({ ...shown, invoices: shown.invoices.map(change) })
}

function paidWhere(which: (invoice: Invoice) => boolean): Required<Reading>['snapshot'] {
  return invoicesAs((each) => (which(each) ? { ...each, status: 'paid', share: 1 } : each))
}

function notReversed(how: Invoice['reversed']): Required<Reading>['snapshot'] {
  return invoicesAs((each) => (each.reversed === how ? { ...each, reversed: null } : each))
}

function atLeastOne(shown: SubscriptionSnapshot): SubscriptionSnapshot {
  return {
    ...shown,
    items: shown.items.map((each) => ({ ...each, quantity: each.quantity || 1 })),
    invoices: shown.invoices.map((each) => ({
      ...each,
      lines: each.lines.map((line) => ({ ...line, quantity: line.quantity || 1 })),
    })),
  }
}

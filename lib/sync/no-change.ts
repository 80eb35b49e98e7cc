import type { Change } from '@/db/queries/ledger'

/** A read that leaves the records as they are; its events are done with it. */
export const NO_CHANGE: Change = {
  customer: null,
  subscriptions: [],
  entitlement: null,
  intents: [],
  facts: [],
  outbox: [],
  audits: [],
  marks: [],
  failures: [],
  revenue: { moments: [], readings: [], invoices: [], unread: [] },
  retry: null,
}

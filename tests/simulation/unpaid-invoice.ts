import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'

// One day for all: since when a debt stands is the one thing that our records remember by themselves.
export const UNPAID: SubscriptionSnapshot['invoices'][number] = {
  id: 'in_0',
  subscriptionId: null,
  status: 'open',
  reason: 'renewal',
  sent: false,
  created: new Date('2026-11-20T00:00:00Z'),
  finalizedAt: new Date('2026-11-20T00:00:00Z'),
  dueDate: null,
  total: 1900,
  paid: 0,
  missing: 1900,
  carried: 0,
  credit: { before: 0, after: 0 },
  share: 0,
  lines: [],
  reversed: null,
  skipped: false,
}

import { index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { subscriptions } from '@/db/schema/billing'
import type { SubscriptionId } from '@/lib/ids'

/** Who has had a trial, or what was to pay for it. */
export type TrialSubject = { kind: 'person' | 'card'; subject: string }

/**
 * The trial ledger: each person of a workspace whose subscription began with a trial, and the card that was
 * left for it. The first trial of each stays, so that none of them has a second one.
 */
export const trials = pgTable(
  'trials',
  {
    kind: text().$type<TrialSubject['kind']>().notNull(),
    // A user's id; or Stripe's fingerprint, which is the same for one number at every customer of an account.
    subject: text().notNull(),
    // Which trial it was. Not of the workspace: that may be gone, and the trial was had all the same.
    subscriptionId: text()
      .$type<SubscriptionId>()
      .notNull()
      .references(() => subscriptions.id),
    notedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.subject] }),
    index('trials_by_subscription').on(table.subscriptionId),
  ],
)

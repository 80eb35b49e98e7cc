import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { customers, subscriptions } from '@/db/schema/billing'
import type { CustomerId, PriceId, SubscriptionId } from '@/lib/ids'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/** How far a move is. The first three are open; the rest is over. */
export type MoveState =
  // It is on record, and Stripe may not have it yet.
  | 'asked'
  // Stripe has it, and its customer was notified.
  | 'planned'
  // It is to be taken back, and Stripe may still have it.
  | 'undoing'
  // The new price is in effect.
  | 'moved'
  | 'undone'
  // Its customer did something else, or Stripe has dropped it: `reason` says which.
  | 'left'

/** A subscriber of an old price who is to pay the plan's current one from a renewal on. Kept when it is over. */
export const priceMoves = pgTable(
  'price_moves',
  {
    // Part of the idempotency keys at Stripe, and in its schedule's metadata.
    id: uuid().primaryKey().defaultRandom(),
    subscriptionId: text()
      .$type<SubscriptionId>()
      .notNull()
      .references(() => subscriptions.id),
    customerId: text()
      .$type<CustomerId>()
      .notNull()
      .references(() => customers.id),
    fromPrice: text().$type<PriceId>().notNull(),
    toPrice: text().$type<PriceId>().notNull(),
    // The first renewal on or after the day that was named; business time.
    effectiveAt: instant().notNull(),
    // What an invoice comes to before and after, with discounts and taxes, by Stripe's preview; minor units.
    amountBefore: bigint({ mode: 'number' }).notNull(),
    amountAfter: bigint({ mode: 'number' }).notNull(),
    currency: text().notNull(),
    state: text().$type<MoveState>().notNull().default('asked'),
    // Null until Stripe has it. An undo releases no other schedule.
    scheduleId: text(),
    // Why it is over without the new price; null otherwise.
    reason: text(),
    createdAt: instant().notNull().defaultNow(),
    closedAt: instant(),
  },
  (table) => [
    // A second run, or a second operator, plans nothing twice.
    uniqueIndex('price_moves_one_open_per_subscription')
      .on(table.subscriptionId)
      .where(sql`${table.closedAt} is null`),
    // For each read of a customer, and for the page of one.
    index('price_moves_by_customer').on(table.customerId),
    // What an undo goes through, and what a run counts.
    index('price_moves_by_prices').on(table.fromPrice, table.toPrice, table.id),
    check(
      'price_moves_state',
      sql`${table.state} in ('asked', 'planned', 'undoing', 'moved', 'undone', 'left')
        and (${table.closedAt} is null) = (${table.state} in ('asked', 'planned', 'undoing'))`,
    ),
  ],
)

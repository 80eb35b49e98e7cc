import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '@/db/schema/workspaces'
import type { CheckoutSessionId, PromotionCodeId, WorkspaceId } from '@/lib/ids'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/** An intention to buy. At most one is open per workspace, so that fifty clicks make one Checkout session. */
export const checkoutIntents = pgTable(
  'checkout_intents',
  {
    // Part of the idempotency key at Stripe: a retry gets the same session.
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .$type<WorkspaceId>()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    tier: text().notNull(),
    interval: text().notNull(),
    // The promotion code that the buyer came with, as Stripe names it: it stays with the choice.
    promotionCode: text().$type<PromotionCodeId>(),
    state: text().$type<'open' | 'completed' | 'expired' | 'replaced'>().notNull().default('open'),
    // Null between the row and Stripe's answer.
    sessionId: text().$type<CheckoutSessionId>(),
    expiresAt: instant(),
    createdAt: instant().notNull().defaultNow(),
    closedAt: instant(),
  },
  (table) => [
    uniqueIndex('checkout_intents_one_open_per_workspace')
      .on(table.workspaceId)
      .where(sql`${table.state} = 'open'`),
    // What a workspace tried to buy, the newest first.
    index('checkout_intents_by_workspace').on(table.workspaceId, table.createdAt),
    // A visitor can send any session's id: finding no intent for it must not read the whole table.
    index('checkout_intents_by_session').on(table.sessionId),
    // An operator who has a promotion code looks for who came with it. Most came with none.
    index('checkout_intents_by_promotion')
      .on(table.promotionCode, table.createdAt)
      .where(sql`${table.promotionCode} is not null`),
    // For prune_intents, which removes the oldest unpaid ones.
    index('checkout_intents_left')
      .on(table.closedAt)
      .where(sql`${table.state} in ('expired', 'replaced')`),
    check(
      'checkout_intents_state',
      sql`${table.state} in ('open', 'completed', 'expired', 'replaced')`,
    ),
  ],
)

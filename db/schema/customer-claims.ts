import { sql } from 'drizzle-orm'
import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { customers } from '@/db/schema/billing'
import type { CustomerId } from '@/lib/ids'

/**
 * Customers of a Stripe account that was taken over, each waiting until someone signs in with the address that
 * is on record for it. The row goes when that happened: no address is kept for longer than it is needed.
 */
export const customerClaims = pgTable(
  'customer_claims',
  {
    customerId: text()
      .$type<CustomerId>()
      .primaryKey()
      .references(() => customers.id),
    // As sign-in spells it. One customer for an address: of two it cannot be known which one is meant.
    email: text().notNull().unique(),
    createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    // The customer that its owner had already when they proved the address: an operator decides between the two.
    keeps: text().$type<CustomerId>(),
  },
  // Few: each page of the console that lists them asks.
  (table) => [
    index('customer_claims_contested').on(table.createdAt).where(sql`${table.keeps} is not null`),
  ],
)

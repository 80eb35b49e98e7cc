import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { users } from '@/db/schema/auth'
import type { UserId } from '@/lib/ids'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/**
 * Who may open the console. A row is kept when its role is taken back: an address that still stands in
 * ADMIN_EMAILS must not bring the role again at the next sign-in.
 */
export const operators = pgTable('operators', {
  userId: text()
    .$type<UserId>()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  appointedAt: instant().notNull().defaultNow(),
  // Null: ADMIN_EMAILS named their address when they signed in, or who appointed them was erased.
  appointedBy: text()
    .$type<UserId>()
    .references(() => users.id, { onDelete: 'set null' }),
  revokedAt: instant(),
})

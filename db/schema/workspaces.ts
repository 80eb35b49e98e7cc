import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from '@/db/schema/auth'
import type { UserId, WorkspaceId } from '@/lib/ids'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/** For one person alone, or for several. */
export type WorkspaceKind = 'personal' | 'team'

/** What a member may do: everything; everything but change its owners; use what was bought. */
export type MemberRole = 'owner' | 'admin' | 'member'

/** What is billed. Every user has a personal one, whose id is the user's own; a team has members. */
export const workspaces = pgTable(
  'workspaces',
  {
    id: uuid().$type<WorkspaceId>().primaryKey(),
    kind: text().$type<WorkspaceKind>().notNull(),
    // Null for a personal one: it is called as its user is.
    name: text(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    // An operator looks for the beginning of a word of a team's name.
    index('workspaces_by_name_word').using(
      'gin',
      sql`to_tsvector('simple', coalesce(${table.name}, ''))`,
    ),
    check('workspaces_kind', sql`${table.kind} in ('personal', 'team')`),
  ],
)

/** The users who act for a workspace. A personal one has exactly its user, as the owner. */
export const memberships = pgTable(
  'memberships',
  {
    workspaceId: uuid()
      .$type<WorkspaceId>()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().$type<MemberRole>().notNull(),
    // Of several owners the first one's address is the one at Stripe.
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    index('memberships_by_user').on(table.userId),
    check('memberships_role', sql`${table.role} in ('owner', 'admin', 'member')`),
  ],
)

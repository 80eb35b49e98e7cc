import { sql } from 'drizzle-orm'
import { check, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '@/db/schema/workspaces'
import type { WorkspaceId } from '@/lib/ids'

/** The example of something that a plan lets people make. docs/how-to/delete-the-example.md */
export const reports = pgTable(
  'reports',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .$type<WorkspaceId>()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    // Names the use that it cost, so that a form or a request that is sent twice makes one.
    useKey: text().notNull(),
    title: text().notNull(),
    // `making` until its use is counted: a retry after a crash in between finds it, and continues.
    status: text().$type<'making' | 'ready'>().notNull(),
    createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (table) => [
    unique('reports_once').on(table.workspaceId, table.useKey),
    check('reports_status', sql`${table.status} in ('making', 'ready')`),
  ],
)

import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from '@/db/schema/auth'
import { workspaces } from '@/db/schema/workspaces'
import type { UserId, WorkspaceId } from '@/lib/ids'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/** Which money a key's requests are about: a copy of the live database opens nothing elsewhere. */
export type ApiKeyMode = 'live' | 'test'

/** Keys with which programs act for a workspace. Of the key itself only what cannot be turned back is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .$type<WorkspaceId>()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    // The user who made it; null once that user is erased. The key is the workspace's and stays.
    createdBy: text()
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    // What it is for, in its maker's words.
    name: text().notNull(),
    mode: text().$type<ApiKeyMode>().notNull(),
    // SHA-256 in hex. No salt and no slow hash: 32 random bytes cannot be guessed, and each request needs it.
    hash: text().notNull().unique(),
    // The end of it, of its checksum and not of its secret: by this a person distinguishes keys.
    lastFour: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    // Null: it never ends by itself. On the database's clock, as sessions are.
    expiresAt: instant(),
    revokedAt: instant(),
    // To the minute: it is written at most so often.
    lastUsedAt: instant(),
  },
  (table) => [
    index('api_keys_by_workspace').on(table.workspaceId, table.createdAt),
    // What is over, for pruning: a key that never ends by itself and was not revoked has no place in it.
    index('api_keys_by_end')
      .on(sql`least(${table.expiresAt}, ${table.revokedAt})`)
      .where(sql`least(${table.expiresAt}, ${table.revokedAt}) is not null`),
    check('api_keys_mode', sql`${table.mode} in ('live', 'test')`),
  ],
)

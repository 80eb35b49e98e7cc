import { desc, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { AuditRow } from '@/db/queries/audit'
import { auditLog } from '@/db/schema/audit'

/** The last row of a page: when it was written, exactly, and which it is of those of one instant. */
export type RowMark = { at: string; scope: string; n: number }

/** A row of the trail, and its instant in ISO 8601 as exactly as Postgres has it: to the microsecond. */
export type ListedRow = AuditRow & { exactly: string }

// A Date has milliseconds: by them alone a page could repeat rows without end, or leave some out.
export const LISTED_ROW = {
  ...getTableColumns(auditLog),
  exactly: sql<string>`to_char(${auditLog.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
}

/** The newest first, and those of one instant always in the same order. */
export const NEWEST_FIRST: SQL[] = [desc(auditLog.at), desc(auditLog.scope), desc(auditLog.n)]

/** What comes after a row in that order. */
export function after({ at, scope, n }: RowMark): SQL {
  return sql`(${auditLog.at}, ${auditLog.scope}, ${auditLog.n}) < (${at}::timestamptz, ${scope}, ${n}::bigint)`
}

/** Where the next page begins. */
export function markOf({ exactly, scope, n }: ListedRow): RowMark {
  return { at: exactly, scope, n }
}

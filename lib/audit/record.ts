import type { Transaction } from '@/db/client'
import { type AuditEntry, appendAudit } from '@/db/queries/audit'
import type { Actor } from './actor'

/**
 * Writes who did what, in the transaction of the change itself: both commit, or neither.
 * It takes a transaction and not the pool, so that forgetting one does not compile.
 * @returns the row's number in its chain
 */
export function recordAudit(tx: Transaction, actor: Actor, entry: AuditEntry): Promise<number> {
  return appendAudit(tx, actor, entry)
}

import { inTransaction } from '@/db/client'
import { doubtCustomer, markSettled } from '@/db/queries/reconcile'
import { systemActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { Difference } from './compare'

/** What is wrong with one customer's records. */
export type Drift = { key: string; differences: Difference[] }

/**
 * Marks the customer dirty, for the drain to repair, and writes what differed. False, and nothing
 * written, when a read is on its way or came within these real milliseconds: it knows better.
 */
export function recordDrift({ key, differences }: Drift, sinceMs: number): Promise<boolean> {
  return inTransaction(async (tx) => {
    if (!(await markSettled(tx, key, sinceMs))) return false
    if (differences.some(({ after }) => after.customer)) await doubtCustomer(tx, key)
    for (const { before, after } of differences) {
      await recordAudit(tx, systemActor('cron.reconcile'), {
        scope: key,
        action: 'drift.detect',
        ...(before ? { before } : {}),
        after,
      })
    }
    return true
  })
}

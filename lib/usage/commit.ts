import { settleUsage } from '@/db/queries/usage'
import { productionPorts } from '@/lib/sync/production-ports'
import type { Reservation } from './reserve'
import { USAGE_RULES } from './rules'

/**
 * `already_refunded` and `expired`: its units went back before, and nothing is counted now. Who has done the
 * work all the same may `consume` for it under another key.
 */
export type CommitOutcome = 'committed' | 'already_committed' | 'already_refunded' | 'expired'

/** Counts a reservation for good, in the period that it was made in. Safe to repeat. */
export async function commit({ workspaceId, key, attempt }: Reservation): Promise<CommitOutcome> {
  const now = await productionPorts().clock.now()
  const { outcome } = await settleUsage({
    workspaceId,
    now,
    useKey: key,
    attempt,
    commit: true,
    rules: USAGE_RULES,
  })
  return outcome === 'refunded' ? 'already_refunded' : outcome
}

import { settleUsage } from '@/db/queries/usage'
import { productionPorts } from '@/lib/sync/production-ports'
import type { Reservation } from './reserve'
import { USAGE_RULES } from './rules'

/** `already_committed`: it is counted for good, and stays so. `expired`: its units went back by themselves. */
export type RefundOutcome = 'refunded' | 'already_refunded' | 'already_committed' | 'expired'

/** Gives the units of a reservation back, to the plan and to the credits that they are of. Safe to repeat. */
export async function refund({ workspaceId, key, attempt }: Reservation): Promise<RefundOutcome> {
  const now = await productionPorts().clock.now()
  const { outcome } = await settleUsage({
    workspaceId,
    now,
    useKey: key,
    attempt,
    commit: false,
    rules: USAGE_RULES,
  })
  return outcome === 'committed' ? 'already_committed' : outcome
}

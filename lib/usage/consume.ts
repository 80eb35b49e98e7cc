import type { WorkspaceId } from '@/lib/ids'
import { count, type UsageState } from './count'

/**
 * `limit_reached`: nothing was counted, and the key is free to be tried again. `already_counted`: this very
 * use was counted before; what was done for it then stands.
 */
export type UseOutcome = 'allowed' | 'limit_reached' | 'already_counted'

export type Use = UsageState & {
  outcome: UseOutcome
  /** Whether it is counted, now or before. */
  allowed: boolean
}

/**
 * Counts a use against the limit of a workspace's plan and its credits: one round trip, exact under any
 * concurrency, and once for each key, however often it is retried within ninety days. Limit and period are
 * those of the workspace's entitlement at this instant. For work that can fail: `reserve`.
 * @param quantity how many units; a whole number from 1 to a million
 * @param key names this use, for this workspace: 1 to 200 visible ASCII characters
 * @throws {Invalid} the key or the quantity is not one
 * @throws {Conflict} the key names another use: with another quantity, or one that is reserved
 */
export async function consume(
  workspaceId: WorkspaceId,
  quantity: number,
  key: string,
): Promise<Use> {
  const { outcome, state } = await count({ workspaceId, quantity, key, holdSeconds: null })
  const known = outcome === 'already_reserved' ? 'already_counted' : outcome
  return { ...state, outcome: known, allowed: known !== 'limit_reached' }
}

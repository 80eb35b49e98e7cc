import { findAccess } from '@/db/queries/access'
import { Forbidden } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { businessClock } from '@/lib/stripe/business-clock'
import { inForce } from './overridden'

/**
 * Lets a workspace pass that may buy. Call it before anything is sold, and again when its page is there: what an
 * operator decides meanwhile closes the pages that are there by then (docs/decisions/0038-withholding-stops-sales.md).
 * @throws {Forbidden} an operator withholds every plan from it, whatever is paid
 */
export async function requirePlanAllowed(
  workspaceId: WorkspaceId,
  reason: 'plan_withheld' | 'credits_withheld' = 'plan_withheld',
): Promise<void> {
  if (await isPlanWithheld(workspaceId)) throw new Forbidden(reason)
}

/** Whether an operator withholds every plan from a workspace now. */
export async function isPlanWithheld(workspaceId: WorkspaceId): Promise<boolean> {
  const [{ overrides }, now] = await Promise.all([findAccess(workspaceId), businessClock().now()])
  return inForce(overrides, now).some(
    ({ kind, effect }) => kind === 'plan' && effect === 'withhold',
  )
}

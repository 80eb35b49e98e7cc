import { findAccess } from '@/db/queries/access'
import { Forbidden } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { businessClock } from '@/lib/stripe/business-clock'
import { inForce } from './overridden'

/**
 * Lets a workspace pass that would get a plan by paying for it. Call it before anything is sold.
 * @throws {Forbidden} an operator withholds every plan from it, whatever is paid
 */
export async function requirePlanAllowed(workspaceId: WorkspaceId): Promise<void> {
  const [{ overrides }, now] = await Promise.all([findAccess(workspaceId), businessClock().now()])
  const withheld = inForce(overrides, now).some(
    ({ kind, effect }) => kind === 'plan' && effect === 'withhold',
  )
  if (withheld) throw new Forbidden('plan_withheld')
}

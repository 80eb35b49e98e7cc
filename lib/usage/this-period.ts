import { findBilling } from '@/db/queries/billing'
import { findCredits } from '@/db/queries/usage-credits'
import { currentEntitlement } from '@/lib/entitlements/current'
import { type Usage, usageOf, usagePeriodOf } from '@/lib/entitlements/usage-of'
import type { WorkspaceId } from '@/lib/ids'
import { productionPorts } from '@/lib/sync/production-ports'
import { type UsageDay, usageHistory } from './history'

export type PeriodUsage = Usage & {
  startsAt: Date
  /** Credits that can still be spent. */
  credits: number
  /** Each day of the period so far, the oldest first; the first and the last as whole days in UTC. */
  days: UsageDay[]
}

const DAY_MS = 86_400_000

/** What a workspace has used in the period that runs now, by day. `now`: business time. */
export async function readPeriodUsage(workspaceId: WorkspaceId, now?: Date): Promise<PeriodUsage> {
  const at = now ?? (await productionPorts().clock.now())
  const [rows, credits] = await Promise.all([
    findBilling(workspaceId, at),
    findCredits(workspaceId, at),
  ])
  const stands = currentEntitlement(rows, at)
  const { start } = usagePeriodOf(rows.subscriptions, stands, at)
  const days = await usageHistory(workspaceId, at, dayOf(at) - dayOf(start) + 1)
  return { ...usageOf(rows, stands, at), startsAt: start, credits, days }
}

function dayOf(date: Date): number {
  return Math.floor(date.getTime() / DAY_MS)
}

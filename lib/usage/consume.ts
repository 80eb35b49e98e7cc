import { consumeUsage } from '@/db/queries/usage'
import { systemActor } from '@/lib/audit/actor'
import { readBilling } from '@/lib/billing/read'
import { usageMonth } from '@/lib/billing/usage-month'
import { FREE } from '@/lib/catalog/plans'
import { Invalid } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { productionPorts } from '@/lib/sync/production-ports'

export type Use = {
  allowed: boolean
  /** Of this month, with this use if it was allowed. */
  used: number
  limit: number
  resetsAt: Date
}

// Whoever uses something need not be there in person: a program may, on their behalf.
const METER = systemActor('usage')

// An event's own id, or a form's: anything longer is not a name for a use.
const KEY = /^[\x21-\x7e]{1,200}$/

/**
 * Counts a use against the month's limit of a workspace's plan: one round trip, exact under any
 * concurrency, and once for each key, however often it is retried. A refused use counts nothing, and
 * its key is free to be tried again.
 * @param quantity how many uses; a whole number from 1
 * @param key names this use, for this workspace
 * @throws {Invalid} the key or the quantity is not one
 */
export async function consume(
  workspaceId: WorkspaceId,
  quantity: number,
  key: string,
): Promise<Use> {
  if (!KEY.test(key)) throw new Invalid({ internal: 'A use needs a key of 1 to 200 characters.' })
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST) {
    throw new Invalid({ internal: 'A use is a whole number from 1.' })
  }
  const now = await productionPorts().clock.now()
  const { start: periodStart, end: resetsAt } = usageMonth(now)
  const free = FREE.monthlyUses
  const ask = (limit: number | null) =>
    consumeUsage({ workspaceId, periodStart, now, useKey: key, quantity, free, limit })
  let answer = await ask(null)
  if (answer.outcome === 'lapsed') {
    // Access is a lease that ran out: Stripe is asked what stands, and without an answer nothing does.
    const { usage } = await readBilling(workspaceId, { actor: METER, refresh: 'stale', now })
    answer = await ask(usage.limit)
  }
  const { outcome, used, limit } = answer
  return { allowed: outcome !== 'refused', used, limit, resetsAt }
}

// Postgres counts in integers; nobody's plan comes near it.
const MOST = 1_000_000

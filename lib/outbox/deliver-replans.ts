import { db, inTransaction } from '@/db/client'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { systemActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { NotFound } from '@/lib/errors'
import { parseCustomerId, parseSubscriptionId, type SubscriptionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { replanPhases } from '@/lib/stripe/plan-phases'
import { productionPorts } from '@/lib/sync/production-ports'
import { REPLAN } from '@/lib/sync/replan-tasks'

/**
 * Brings planned changes in line with what their subscriptions are by now, and answers how many it dealt with. Safe to
 * run twice at once: what is in line is left alone.
 */
export async function deliverReplans(limit = 20): Promise<number> {
  const due = await claimEntries(REPLAN, limit)
  let done = 0
  for (const entry of due) if (await deliver(entry)) done += 1
  return done
}

async function deliver({ key, payload }: OutboxRow): Promise<boolean> {
  try {
    const scope = parseCustomerId(payload.customerId)
    const subscription = parseSubscriptionId(payload.subscriptionId)
    await productionPorts().pace(false)
    if (await replanned(subscription))
      await inTransaction((tx) =>
        recordAudit(tx, systemActor('outbox'), {
          ...{ scope, action: 'subscription.replan', after: { subscription } },
        }),
      )
    await markDelivered(db(), key)
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error({ entry: key, error: failureText(error) }, 'change not replanned; it is tried again')
    return false
  }
}

async function replanned(subscription: SubscriptionId): Promise<boolean> {
  try {
    return await replanPhases(subscription)
  } catch (error) {
    // Gone with its customer: nothing is planned for it any more.
    if (error instanceof NotFound) return false
    throw error
  }
}

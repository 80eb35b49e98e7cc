import { db } from '@/db/client'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { systemActor } from '@/lib/audit/actor'
import { parseCustomerId, parseSubscriptionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { TRIAL } from '@/lib/sync/trial-tasks'
import { noteTrial } from '@/lib/trials/note'

/** Enters begun trials into the ledger, and answers how many it dealt with. Safe to run twice at once. */
export async function deliverTrials(limit = 20): Promise<number> {
  const due = await claimEntries(TRIAL, limit)
  const done = await Promise.all(due.map(deliver))
  return done.filter(Boolean).length
}

async function deliver({ key, payload }: OutboxRow): Promise<boolean> {
  try {
    const { customerId, subscriptionId } = payload
    const subscription = parseSubscriptionId(subscriptionId)
    await noteTrial(systemActor('outbox'), parseCustomerId(customerId), subscription)
    await markDelivered(db(), key)
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error({ entry: key, error: failureText(error) }, 'trial not noted; it is tried again')
    return false
  }
}

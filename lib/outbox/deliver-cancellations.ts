import { db } from '@/db/client'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { systemActor } from '@/lib/audit/actor'
import { parseCustomerId, parseSubscriptionId } from '@/lib/ids'
import { cancelUnstarted } from '@/lib/invoices/cancel-unstarted'
import { failureText, log } from '@/lib/log'
import { CANCEL_UNSTARTED } from '@/lib/sync/cancellations'

/** Ends at Stripe what never began, and answers how many it dealt with. Safe to run twice at once. */
export async function deliverCancellations(limit = 20): Promise<number> {
  const due = await claimEntries(CANCEL_UNSTARTED, limit)
  const done = await Promise.all(due.map(deliver))
  return done.filter(Boolean).length
}

async function deliver({ key, payload }: OutboxRow): Promise<boolean> {
  try {
    const { customerId, subscriptionId } = payload
    await cancelUnstarted(
      systemActor('outbox'),
      parseCustomerId(customerId),
      parseSubscriptionId(subscriptionId),
    )
    await markDelivered(db(), key)
    log.info({ entry: key }, 'subscription canceled: its first payment never arrived')
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error({ entry: key, error: failureText(error) }, 'not canceled; it is tried again')
    return false
  }
}

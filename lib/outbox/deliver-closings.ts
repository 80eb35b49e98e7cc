import { z } from 'zod'
import { db } from '@/db/client'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { systemActor } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import { type CustomerId, isWorkspaceId, parseCustomerId, type WorkspaceId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { closePages } from '@/lib/overrides/close-pages'
import { CLOSE_PAGES } from '@/lib/overrides/closings'

/**
 * Closes pages to pay on whose workspace may buy nothing now, and answers how many customers it
 * dealt with. Safe to run twice at once.
 */
export async function deliverClosings(limit = 20): Promise<number> {
  const due = await claimEntries(CLOSE_PAGES, limit)
  const done = await Promise.all(due.map(deliver))
  return done.filter(Boolean).length
}

async function deliver({ key, payload }: OutboxRow): Promise<boolean> {
  try {
    await close(Closing.parse(payload))
    await markDelivered(db(), key)
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error({ entry: key, error: failureText(error) }, 'pages not closed; it is tried again')
    return false
  }
}

const Closing = z.object({
  workspaceId: z.custom<WorkspaceId>(isWorkspaceId),
  customerId: z.string().transform(parseCustomerId),
})

async function close(closing: { workspaceId: WorkspaceId; customerId: CustomerId }): Promise<void> {
  try {
    await closePages(systemActor('outbox'), closing)
  } catch (error) {
    // Of a customer that Stripe does not have, no page can be paid on.
    if (!(error instanceof NotFound)) throw error
  }
}

import { z } from 'zod'
import { db } from '@/db/client'
import { isPlanSession } from '@/db/queries/checkout-intents'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { systemActor } from '@/lib/audit/actor'
import { grantSoldCredits } from '@/lib/credits/grant'
import { settleRefund } from '@/lib/credits/settle-refund'
import { NotFound } from '@/lib/errors'
import { parseCheckoutSessionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { CREDITS } from '@/lib/sync/credit-tasks'

/** Gives and takes back the credits that are due, and answers how many it dealt with. Safe to run twice at once. */
export async function deliverCredits(limit = 20): Promise<number> {
  const due = await claimEntries(CREDITS, limit)
  const done = await Promise.all(due.map(deliver))
  return done.filter(Boolean).length
}

const Task = z.object({ task: z.enum(['grant', 'settle_refund']), objectId: z.string() })

async function deliver({ key, payload }: OutboxRow): Promise<boolean> {
  try {
    await work(Task.parse(payload))
    await markDelivered(db(), key)
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error({ entry: key, error: failureText(error) }, 'credits not delivered; it is tried again')
    return false
  }
}

async function work({ task, objectId }: z.infer<typeof Task>): Promise<void> {
  const actor = systemActor('outbox')
  try {
    if (task === 'settle_refund') return await settleRefund(actor, objectId)
    const sessionId = parseCheckoutSessionId(objectId)
    // Nearly all of them: what we opened for a plan sold no credits, and Stripe need not be asked.
    if (!(await isPlanSession(sessionId))) await grantSoldCredits(actor, sessionId)
  } catch (error) {
    // Stripe does not have it: there is nothing to give or to take.
    if (!(error instanceof NotFound)) throw error
  }
}

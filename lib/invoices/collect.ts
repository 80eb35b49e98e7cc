import { inTransaction } from '@/db/client'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { COLLECTION_POLICY, type CollectionPolicy } from '@/lib/catalog/collection-policy'
import { NotFound } from '@/lib/errors'
import { failureText, log } from '@/lib/log'
import { COLLECTION } from '@/lib/sync/collection-tasks'
import { answerLatePayment } from './answer-late-payment'
import { settleEnded } from './settle-ended'
import { settleOne } from './settle-one'
import { type Leaves, Task } from './task'

/**
 * Does what is due about the money of ended subscriptions, as the policy says, and answers how many
 * tasks it dealt with. Each asks Stripe under a key of its own, so that one that is done again after a
 * crash does nothing twice.
 */
export async function collectDue(
  policy: CollectionPolicy = COLLECTION_POLICY,
  limit = 20,
): Promise<number> {
  const due = await claimEntries(COLLECTION, limit)
  const done = await Promise.all(due.map((entry) => deal(entry, policy)))
  return done.filter(Boolean).length
}

async function deal({ key, payload }: OutboxRow, policy: CollectionPolicy): Promise<boolean> {
  try {
    const leaves = await doTask(Task.parse(payload), policy).catch(nothingToDo)
    await inTransaction(async (tx) => {
      await markDelivered(tx, key)
      await leaves(tx)
    })
    log.info({ entry: key }, 'collection dealt with')
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error(
      { entry: key, error: failureText(error) },
      'collection not dealt with; it is tried again',
    )
    return false
  }
}

// Stripe does not have what it is about: then its customer is missing, too, of which operators are notified.
function nothingToDo(error: unknown): Leaves {
  if (error instanceof NotFound) return async () => {}
  throw error
}

function doTask(task: Task, policy: CollectionPolicy): Promise<Leaves> {
  switch (task.task) {
    case 'settle':
      return settleEnded(task, policy)
    case 'settle_invoice':
      return settleOne(task, policy)
    case 'late_payment':
      return answerLatePayment(task, policy)
  }
}

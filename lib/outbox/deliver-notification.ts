import { inTransaction } from '@/db/client'
import {
  claimEntries,
  insertEntry,
  markDelivered,
  markEntryFailed,
  type NewEntry,
  type OutboxRow,
} from '@/db/queries/outbox'
import type { Clock } from '@/lib/clock'
import { Notification } from '@/lib/events/notification'
import { NOTIFICATION } from '@/lib/events/notifications'
import type { SubscriptionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { enqueueMail } from '@/lib/mail/enqueue'
import { COLLECTION } from '@/lib/sync/collection-tasks'
import { readerKey } from './reader-key'
import { writeNotification } from './write-notification'

/**
 * Turns what is due into emails in the outbox, and answers how many notifications it dealt with. The
 * emails and "done" commit together, under keys of their own, so that no one gets the same email twice.
 */
export async function deliverNotifications(clock: Clock, limit = 20): Promise<number> {
  const due = await claimEntries(NOTIFICATION, limit)
  const done = await Promise.all(due.map((entry) => deliver(entry, clock)))
  return done.filter(Boolean).length
}

async function deliver({ key, payload }: OutboxRow, clock: Clock): Promise<boolean> {
  try {
    const notification = Notification.parse({ ...payload, key })
    const { toOwners, toOperators, unsettled } = await writeNotification(
      notification,
      await clock.now(),
    )
    await inTransaction(async (tx) => {
      for (const { userId, mail } of toOwners)
        await enqueueMail(tx, readerKey(key, userId), mail, aboutOf(notification))
      for (const [n, mail] of toOperators.entries()) await enqueueMail(tx, `mail:${key}:${n}`, mail)
      if (unsettled) await insertEntry(tx, settlementOf(notification, unsettled))
      await markDelivered(tx, key)
    })
    log.info({ entry: key, emails: toOperators.length + toOwners.length }, 'notification written')
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error(
      { entry: key, error: failureText(error) },
      'notification not written; it is tried again',
    )
    return false
  }
}

// The chain of the audit trail in which it stands, too.
function aboutOf({ customerId, workspaceId }: Notification): string | null {
  return customerId ?? (workspaceId ? `workspace:${workspaceId}` : null)
}

// A debit that came back after the end, or a charge that was tried by hand.
function settlementOf({ key, customerId }: Notification, subscriptionId: SubscriptionId): NewEntry {
  return {
    entryKey: `collect:${key}`,
    kind: COLLECTION,
    targetKey: customerId,
    payload: { task: 'settle', subscriptionId, customerId },
  }
}

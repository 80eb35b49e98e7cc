import type { Database, Transaction } from '@/db/client'
import { insertEntry } from '@/db/queries/outbox'
import { MAIL, type Mail } from './mail'

/**
 * Puts a message into the outbox. `key` names its cause: the same cause writes once, however often it is enqueued.
 * `about`: the customer or the workspace that it is about; null for one that only its reader may read.
 */
export async function enqueueMail(
  executor: Transaction | Database,
  key: string,
  mail: Mail,
  about: string | null = null,
): Promise<void> {
  await insertEntry(executor, { entryKey: key, kind: MAIL, targetKey: about, payload: mail })
}

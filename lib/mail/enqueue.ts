import type { Database, Transaction } from '@/db/client'
import { insertEffect } from '@/db/queries/effects'
import { MAIL, type Mail } from './mail'

/** Puts a message into the outbox. `key` names its cause: the same cause writes once, whoever asks how often. */
export async function enqueueMail(
  executor: Transaction | Database,
  key: string,
  mail: Mail,
): Promise<void> {
  await insertEffect(executor, { effectKey: key, kind: MAIL, targetKey: null, payload: mail })
}

import { listNewestEntries, listWaitingEntries, type OutboxEntry } from '@/db/queries/console-audit'
import { redactText } from './redact'

export type { OutboxEntry }

/** What waits to go out, and what was put there last. Of what it says nothing: a link in it signs in. */
export async function readOutbox(): Promise<{ waiting: OutboxEntry[]; newest: OutboxEntry[] }> {
  const [waiting, newest] = await Promise.all([listWaitingEntries(100), listNewestEntries(50)])
  return { waiting: waiting.map(shown), newest: newest.map(shown) }
}

function shown(entry: OutboxEntry): OutboxEntry {
  const { key, lastError } = entry
  return { ...entry, key: redactText(key), lastError: lastError && redactText(lastError) }
}

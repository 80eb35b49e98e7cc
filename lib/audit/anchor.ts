import { insertAnchors, listUnsealedAnchors, updateAnchorSeal } from '@/db/queries/anchors'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { sealAnchor } from './seal'

/**
 * Anchors every day that is over: makes its root, seals it with a key that is not in the database,
 * and hands it outside as one line of the log. Safe to run twice at once, and to be skipped.
 * @returns how many days were anchored, and how many anchors were handed outside
 */
export async function anchorAudit(): Promise<{ days: number; sealed: number }> {
  const days = await insertAnchors()
  const [secret] = env().auditSecrets
  let sealed = 0
  for (const { day, root, scopes } of await listUnsealedAnchors()) {
    const seal = sealAnchor({ day, root }, secret)
    // Before the note that it was: a line that comes twice says the same, one that never comes says nothing.
    log.info({ anchor: { day, root, scopes, ...seal } }, 'audit anchored')
    if (await updateAnchorSeal(day, seal)) sealed += 1
  }
  return { days, sealed }
}

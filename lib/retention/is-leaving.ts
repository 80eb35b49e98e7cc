import { hasEntry } from '@/db/queries/outbox'
import { findPerson } from '@/db/queries/people'
import type { UserId } from '@/lib/ids'
import { ERASE } from './request-erasure'

/** Whether a user has asked for their account to be deleted, or is gone already. */
export async function isLeaving(userId: UserId): Promise<boolean> {
  const [hasAsked, person] = await Promise.all([hasEntry(`${ERASE}:${userId}`), findPerson(userId)])
  return hasAsked || person === null
}

import type { UserId } from '@/lib/ids'

/**
 * The outbox key of a notification's email to one reader. It names the user: the address may be
 * another one when it is written again.
 */
export function readerKey(notificationKey: string, userId: UserId): string {
  return `mail:${notificationKey}:owner:${userId}`
}

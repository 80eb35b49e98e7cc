import { isUserId, type UserId } from '@/lib/ids'
import { APP } from '@/lib/stripe/metadata'

/**
 * Which of our users a customer's metadata name. They count only where they also say that the customer
 * is this application's and environment's: an id alone could be another database's.
 */
export function claimedUser(
  metadata: { app: string | null; env: string | null; userId: string | null },
  appEnv: string,
): UserId | null {
  const ours = metadata.app === APP && metadata.env === appEnv
  return ours && isUserId(metadata.userId) ? metadata.userId : null
}

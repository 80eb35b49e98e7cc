import { findEntry } from '@/db/queries/outbox'
import type { Clock } from '@/lib/clock'
import { Notification } from '@/lib/events/notification'
import type { Mail } from '@/lib/mail/mail'
import { writeNotification } from './write-notification'

/**
 * An email that has waited for its server, written again from what is true now; null when there is
 * nothing to say any more. A mail that no notification made stays as it is.
 * @throws {Unavailable} Stripe does not answer; it goes out later
 */
export async function rewrite(key: string, mail: Mail, clock: Clock): Promise<Mail | null> {
  const [, about, whose] = /^mail:(notification:.+):(customer|\d+)$/.exec(key) ?? []
  const notification = about && (await findEntry(about))
  if (!notification) return mail
  const parsed = Notification.parse({ ...notification.payload, key: notification.key })
  const { toCustomer, toOperators } = await writeNotification(parsed, await clock.now())
  if (whose === 'customer') return toCustomer
  return toOperators.find(({ to }) => to === mail.to) ?? null
}

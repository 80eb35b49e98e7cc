import { findEntry } from '@/db/queries/outbox'
import type { Clock } from '@/lib/clock'
import { Notification } from '@/lib/events/notification'
import type { Mail } from '@/lib/mail/mail'
import { originOf } from './sent-again'
import { writeNotification } from './write-notification'

/**
 * An email that has waited for its server, written again from what is true now; null when there is
 * nothing to say any more. A mail that no notification made stays as it is.
 * @throws {Unavailable} Stripe does not answer; it goes out later
 */
export async function rewrite(key: string, mail: Mail, clock: Clock): Promise<Mail | null> {
  const [, about, owner] =
    /^mail:(notification:.+):(?:owner:([0-9a-f-]+)|\d+)$/.exec(originOf(key)) ?? []
  const notification = about && (await findEntry(about))
  if (!notification) return mail
  const parsed = Notification.parse({ ...notification.payload, key: notification.key })
  const { toOwners, toOperators } = await writeNotification(parsed, await clock.now())
  // An address may be new by now, and an owner may own it no longer.
  if (owner) return toOwners.find(({ userId }) => userId === owner)?.mail ?? null
  return toOperators.find(({ to }) => to === mail.to) ?? null
}

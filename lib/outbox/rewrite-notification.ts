import { findEffect } from '@/db/queries/effects'
import type { Clock } from '@/lib/clock'
import { Notice } from '@/lib/events/notification'
import type { Mail } from '@/lib/mail/mail'
import { writeNotice } from './write-notification'

/**
 * A letter that has waited for its server, written again from what is true now; null when there is
 * nothing to say any more. A mail that no notice made stays as it is.
 * @throws {Unavailable} Stripe does not answer; it goes out later
 */
export async function rewrite(key: string, mail: Mail, clock: Clock): Promise<Mail | null> {
  const about = /^mail:(notice:.+):\d+$/.exec(key)?.[1]
  const notice = about && (await findEffect(about))
  if (!notice) return mail
  const parsed = Notice.parse({ ...notice.payload, key: notice.key })
  const { letters } = await writeNotice(parsed, await clock.now())
  return letters.find(({ to }) => to === mail.to) ?? null
}

import type { Clock } from '@/lib/clock'
import { deliverMail } from '@/lib/mail/deliver'
import { deliverNotices } from '@/lib/notices/deliver'

/**
 * Works off what is due in the outbox: first the notices, which make letters, then the letters.
 * Answers how many of each went. Safe to run twice at once.
 */
export async function deliverEffects(clock: Clock): Promise<{ noticed: number; mailed: number }> {
  const noticed = await deliverNotices(clock)
  return { noticed, mailed: await deliverMail() }
}

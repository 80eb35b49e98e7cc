import { normalizeEmail } from '@/lib/auth/email-address'
import type { Clock } from '@/lib/clock'
import { collectDue } from '@/lib/invoices/collect'
import { deliverMail } from '@/lib/mail/deliver'
import { deliverCancellations } from './deliver-cancellations'
import { deliverClosings } from './deliver-closings'
import { deliverCredits } from './deliver-credits'
import { deliverDetails } from './deliver-customer-details'
import { deliverErasures } from './deliver-erasures'
import { deliverMeterEvents } from './deliver-meter-events'
import { deliverNotifications } from './deliver-notification'
import { deliverTrials } from './deliver-trials'
import { rewrite } from './rewrite-notification'

// Milliseconds in which a further batch is begun. One takes as long as its slowest email.
const BUDGET_MS = 8_000

/**
 * Works through what is due in the outbox: what is to be canceled, updated or closed at Stripe, which makes
 * notifications, then the notifications, which make emails, then the emails, batch after batch until nothing is
 * left or the time is up. Answers how many of each went. Safe to run twice at once.
 */
export async function deliverOutbox(
  clock: Clock,
  budgetMs = BUDGET_MS,
): Promise<{ followed: number; noticed: number; mailed: number; canceled: number }> {
  const until = Date.now() + budgetMs
  const count = { followed: 0, noticed: 0, mailed: 0, canceled: 0 }
  for (let went = 1; went > 0 && Date.now() < until; ) {
    const closed = await deliverClosings()
    const erased = await deliverErasures()
    const canceled = await deliverCancellations()
    const followed = await deliverDetails(normalizeEmail)
    const collected = await collectDue()
    const credited = await deliverCredits()
    const begun = await deliverTrials()
    const metered = await deliverMeterEvents(clock)
    const noticed = await deliverNotifications(clock)
    const mailed = await deliverMail(undefined, {
      rewrite: (key, mail) => rewrite(key, mail, clock),
    })
    count.canceled += canceled
    count.followed += followed
    count.noticed += noticed
    count.mailed += mailed
    const ended = closed + erased + canceled
    went = ended + followed + collected + credited + begun + metered + noticed + mailed
  }
  return count
}

import { findReader } from '@/db/queries/readers'
import { NotFound } from '@/lib/errors'
import type { Notification } from '@/lib/events/notification'
import type { SubscriptionId } from '@/lib/ids'
import type { Mail } from '@/lib/mail/mail'
import type { AboutOpenPayment } from './about-open-payment'
import { WRITERS } from './writers'

export type Written = {
  emails: Mail[]
  /** An ended subscription that still asks for money: it is to be settled instead of written about. */
  unsettled: SubscriptionId | null
}

/**
 * The emails that a notification makes, from what is true now: a payment that has arrived meanwhile, a
 * trial that was called off, a subscription that has ended or a person who has gone make none.
 * `now`: business time.
 * @throws {Unavailable} Stripe does not answer; it goes out later
 */
export async function writeNotification(notification: Notification, now: Date): Promise<Written> {
  const { toCustomer, toOperators } = WRITERS[notification.kind]
  const operators = toOperators ? await toOperators(notification) : []
  if (!toCustomer) return { emails: operators, unsettled: null }
  const to = notification.customerId && (await findReader(notification.customerId))
  const { email, unsettled } = await toCustomer({ notification, to, now }).catch(nothingToSay)
  return { emails: [...(email ? [email] : []), ...operators], unsettled }
}

// Stripe does not have what it is about: then its customer is missing, too, of which operators are told.
function nothingToSay(error: unknown): AboutOpenPayment {
  if (error instanceof NotFound) return { email: null, unsettled: null }
  throw error
}

import { listOwners, listRecipients, type Recipient } from '@/db/queries/recipients'
import { NotFound } from '@/lib/errors'
import type { Notification } from '@/lib/events/notification'
import type { SubscriptionId, UserId } from '@/lib/ids'
import type { Mail } from '@/lib/mail/mail'
import type { AboutOpenPayment } from './about-open-payment'
import { WRITERS } from './writers'

export type Written = {
  /** The same to each owner of the customer's workspace, the longest members first. */
  toOwners: { userId: UserId; mail: Mail }[]
  /** One for each operator, in the order of ADMIN_EMAILS. */
  toOperators: Mail[]
  /** An ended subscription that still asks for money: it is to be closed instead of written about. */
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
  const operators = toOperators ? await toOperators(notification).catch(orNothing<Mail[]>([])) : []
  if (!toCustomer) return { toOwners: [], toOperators: operators, unsettled: null }
  const readers = await readersOf(notification)
  const to = readers[0]?.email ?? null
  const { email, unsettled } = await toCustomer({ notification, to, now }).catch(orNothing(NOTHING))
  // Stripe is asked once: what is written to the first says the same to the others.
  const toOwners = email
    ? readers.map(({ userId, email: to }) => ({ userId, mail: { ...email, to } }))
    : []
  return { toOwners, toOperators: operators, unsettled }
}

// What a workspace uses is its own, whether or not it ever bought.
function readersOf({ workspaceId, customerId }: Notification): Promise<Recipient[]> {
  if (workspaceId) return listOwners(workspaceId)
  return customerId ? listRecipients(customerId) : Promise.resolve([])
}

// Stripe does not have what it is about: then its customer is missing, too, of which operators are notified.
function orNothing<T>(nothing: T) {
  return (error: unknown): T => {
    if (error instanceof NotFound) return nothing
    throw error
  }
}

const NOTHING: AboutOpenPayment = { email: null, unsettled: null }

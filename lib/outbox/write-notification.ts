import { listOptedOut } from '@/db/queries/email-opt-outs'
import { hasEntry } from '@/db/queries/outbox'
import { listOwners, listRecipients, type Recipient } from '@/db/queries/recipients'
import { NotFound } from '@/lib/errors'
import type { Notification } from '@/lib/events/notification'
import type { SubscriptionId, UserId } from '@/lib/ids'
import { emailRule } from '@/lib/mail/email-rules'
import type { Mail } from '@/lib/mail/mail'
import { withUnsubscribe } from '@/lib/mail/unsubscribe'
import type { OptionalEmail } from '@/lib/optional-emails'
import type { AboutOpenPayment } from './about-open-payment'
import { readerKey } from './reader-key'
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
  const all = await readersOf(notification)
  const readers = await withoutThoseWho(all, notification)
  if (all.length > 0 && readers.length === 0)
    return { toOwners: [], toOperators: operators, unsettled: null }
  const to = readers[0]?.email ?? null
  const { email, unsettled } = await toCustomer({ notification, to, now }).catch(orNothing(NOTHING))
  // Stripe is asked once: what is written to the first says the same to the others.
  const toOwners = email
    ? readers.map(({ userId, email: to, choice }) => {
        const mail = { ...email, to }
        return { userId, mail: choice ? withUnsubscribe(mail, { userId, kind: choice }) : mail }
      })
    : []
  return { toOwners, toOperators: operators, unsettled }
}

// `choice`: how this reader turns emails of the kind off; null where they are owed it.
type Reader = Recipient & { choice: OptionalEmail | null }

// All who get it, but for those who have turned off what they are not owed.
async function withoutThoseWho(all: Recipient[], { kind, key }: Notification): Promise<Reader[]> {
  const rule = emailRule(kind)
  if (!rule || 'owed' in rule) return all.map((each) => ({ ...each, choice: null }))
  const { choice, repeats } = rule
  const ids = all.map(({ userId }) => userId)
  const [off, told] = await Promise.all([
    listOptedOut(ids, choice),
    repeats ? whoGot(ids, key.replace(kind, repeats)) : ids,
  ])
  return all
    .map((each) => ({ ...each, choice: told.includes(each.userId) ? choice : null }))
    .filter(({ userId, choice }) => choice === null || !off.includes(userId))
}

async function whoGot(ids: UserId[], key: string): Promise<UserId[]> {
  const got = await Promise.all(ids.map((id) => hasEntry(readerKey(key, id))))
  return ids.filter((_, n) => got[n])
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

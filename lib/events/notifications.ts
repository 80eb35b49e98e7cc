import type { Change, Fact } from '@/db/queries/ledger'
import { type Audience, type AudienceOf, NOTIFIED, type NotifyingEvent } from './handlers'

/** `outbox.kind` of an email to be sent about a fact. */
export const NOTIFICATION = 'notification'

/**
 * The emails to be sent about these facts. The key is the fact's own, so that a fact is written about
 * once, however many events and reads bring it up. What it says is decided when it goes out, from what
 * is true then.
 */
export function notificationsOf(facts: readonly Fact[]): Change['outbox'] {
  return facts.flatMap(({ key, kind, objectId, customerId }) => {
    if (!audienceOf(kind)) return []
    const payload = { kind, objectId, customerId }
    return [{ key: `notification:${key}`, kind: NOTIFICATION, payload }]
  })
}

// What no event says: a read of Stripe shows it, or we did it.
const SHOWN = {
  // A second living subscription charges its customer, too: the customer or an operator has to choose.
  'subscription.duplicate': 'operator',
  // It ended with something unpaid, which is closed: nothing is owed, and paying brings nothing back.
  'subscription.end': 'customer',
  // Money came for one that had ended: whose it is, and what became of it.
  'payment.late': 'both',
  // A customer names a workspace that it cannot have. `db/functions/settle-customer.sql` says when.
  'customer.conflict': 'operator',
  // Stripe says that it has no such customer; once a day for all of them.
  'customer.miss': 'operator',
  // Four fifths of a period's uses are used, and all of them. `db/functions/note-counted.sql` says when.
  'usage.near_limit': 'customer',
  'usage.limit_reached': 'customer',
} as const satisfies Record<string, Audience>

type ShownKind = keyof typeof SHOWN

/** What an email is sent about: a fact's kind. */
export type NotificationKind = NotifyingEvent | ShownKind

/** Who is emailed about a kind, as a type. */
export type AudienceFor<Kind extends NotificationKind> = Kind extends ShownKind
  ? (typeof SHOWN)[Kind]
  : Kind extends NotifyingEvent
    ? AudienceOf<Kind>
    : never

const AUDIENCES = { ...NOTIFIED, ...SHOWN }

export function isNotificationKind(kind: unknown): kind is NotificationKind {
  return typeof kind === 'string' && Object.hasOwn(AUDIENCES, kind)
}

/** Who is emailed about a fact of this kind; undefined where no one is. */
export function audienceOf(kind: string): Audience | undefined {
  return isNotificationKind(kind) ? AUDIENCES[kind] : undefined
}

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
    return [{ key: notificationKey({ key, kind }), kind: NOTIFICATION, payload }]
  })
}

/**
 * The outbox key of the email about a fact. Stripe reports an attempt that the bank wants confirmed as failed,
 * too: the two are one email, which says what is true when it is written.
 */
export function notificationKey({ key, kind }: Pick<Fact, 'key' | 'kind'>): string {
  const named = kind === ASKS ? key.replace(ASKS, 'invoice.payment_failed') : key
  return `notification:${named}`
}

const ASKS = 'invoice.payment_action_required'

// What no event says: a read of Stripe shows it, or we did it.
const SHOWN = {
  // A second living subscription charges its customer, too: the customer or an operator has to choose.
  'subscription.duplicate': 'operator',
  // It ended. With something unpaid, that is closed: nothing is owed, and paying brings nothing back.
  'subscription.end': 'customer',
  // Money came for one that had ended: whose it is, and what became of it.
  'payment.late': 'both',
  // It is to end: until when it is on, and that it does not renew.
  'subscription.schedule_cancel': 'customer',
  // It is another plan, billing interval or quantity by now.
  'subscription.change_plan': 'customer',
  // A customer names a workspace that it cannot have. `db/functions/settle-customer.sql` says when.
  'customer.conflict': 'operator',
  // Stripe says that it has no such customer; once a day for all of them.
  'customer.miss': 'operator',
  // Four fifths of a period's uses are used, and all of them. `db/functions/note-counted.sql` says when.
  'usage.near_limit': 'customer',
  'usage.limit_reached': 'customer',
} as const satisfies Record<string, Audience>

// What is near, or only announced: an email, and nothing that has happened, so that it is in no trail.
const ANNOUNCED = {
  // A schedule makes it another plan at the end of the period.
  'subscription.coming_plan': 'customer',
  // A bank has the order to pay for what was just bought, which takes days.
  'checkout.pending': 'customer',
  // An operator moves the price: what it is from which day on. And that was taken back.
  'price.coming': 'customer',
  'price.kept': 'customer',
  // A week before a trial ends. Stripe's own event comes three days before.
  'trial.week_left': 'customer',
  // A year is about to be charged.
  'renewal.yearly': 'customer',
  // The card that is charged next expires within the month.
  'card.expiring': 'customer',
} as const satisfies Record<string, Audience>

/** What an email is sent about without a row in the trail. */
export type AnnouncedKind = keyof typeof ANNOUNCED

type ShownKind = keyof typeof SHOWN | AnnouncedKind

/** What an email is sent about: a fact's kind. */
export type NotificationKind = NotifyingEvent | ShownKind

/** Who is emailed about a kind, as a type. */
export type AudienceFor<Kind extends NotificationKind> = Kind extends ShownKind
  ? (typeof SHOWN & typeof ANNOUNCED)[Kind]
  : Kind extends NotifyingEvent
    ? AudienceOf<Kind>
    : never

/** Every kind, and who is emailed about it. */
export const AUDIENCES: Readonly<Record<NotificationKind, Audience>> = {
  ...NOTIFIED,
  ...SHOWN,
  ...ANNOUNCED,
}

/** Whether an entry of the outbox is of a kind that this version writes. */
export function isNotificationKind(kind: unknown): kind is NotificationKind {
  return typeof kind === 'string' && Object.hasOwn(AUDIENCES, kind)
}

/** Who is emailed about a fact of this kind; undefined where no one is. */
export function audienceOf(kind: string): Audience | undefined {
  return isNotificationKind(kind) ? AUDIENCES[kind] : undefined
}

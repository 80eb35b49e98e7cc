import type { Claim } from '@/db/queries/claim'
import type { Change, NewEvent } from '@/db/queries/ledger'
import { NOTIFICATION } from '@/lib/events/notifications'
import type { EventId } from '@/lib/ids'
import { NO_CHANGE } from '@/lib/sync/no-change'
import type { Person } from './person'

const began = Date.now().toString(36)
let made = 0

/** An event of Stripe's about a person's invoice. As Stripe's do, later ids follow earlier ones in their order. */
export function newEvent({ customerId }: Person): NewEvent {
  made += 1
  const place = `1Z${began}${made.toString(36).padStart(6, '0')}`
  const id: EventId = `evt_${place}`
  return {
    ...{ id, type: 'invoice.paid', targetKey: customerId, reason: null },
    ...{ objectId: `in_${place}`, customerId, attempt: null, livemode: false, apiVersion: null },
    createdAt: new Date(),
    payload: JSON.stringify({ id, object: 'event', data: { filler: 'x'.repeat(300) } }),
    payloadSha256: '00',
  }
}

/** What a renewal changes: each table that the sync of one writes gets its row. */
export function renewal(claim: Claim, event: NewEvent, person: Person): Change {
  const { customerId, subscriptionId } = person
  const invoiceId = `${event.objectId}`
  return {
    ...NO_CHANGE,
    subscriptions: claim.subscriptions.map(({ fence: _, syncedAt: __, ...row }) => ({
      ...row,
      currentPeriodEnd: new Date(event.createdAt.getTime() + 30 * DAY),
    })),
    entitlement: claim.entitlement && without(claim.entitlement),
    facts: [
      {
        ...{ key: `invoice.paid:${invoiceId}`, kind: 'invoice.paid', objectId: invoiceId },
        ...{ customerId, eventId: event.id },
      },
    ],
    outbox: [
      {
        key: `notification:invoice.paid:${invoiceId}`,
        kind: NOTIFICATION,
        payload: { kind: 'invoice.paid', objectId: invoiceId, customerId },
      },
    ],
    audits: [
      {
        actor: { type: 'stripe', eventId: event.id },
        action: 'subscription.renew',
        before: null,
        after: { subscription: subscriptionId },
        eventIds: [event.id],
      },
    ],
    revenue: {
      moments: [
        {
          ...{ key: event.id, subscriptionId, customerId, at: event.createdAt, source: 'event' },
          ...{ state: `["active","${event.id}"]`, status: 'active', plan: 'pro', currency: 'usd' },
          ...{ mrr: 1900, later: [], renewsAt: null, renewsAmount: null },
        },
      ],
      readings: [],
      invoices: [
        {
          ...{ invoiceId, customerId, subscriptionId, currency: 'usd', amount: 1900 },
          paidAt: event.createdAt,
        },
      ],
      unread: [],
    },
  }
}

const DAY = 86_400_000

function without({
  fence: _,
  computedAt: __,
  ...row
}: NonNullable<Claim['entitlement']>): Change['entitlement'] {
  return row
}

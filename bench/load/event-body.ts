import { randomUUID } from 'node:crypto'

/** The customer of an event: Stripe's ids, and those of the same person at us and at the peers. */
export type Subject = { userId: string; customerId: string; subscriptionId: string }

// What `customer.subscription.updated` weighs at Stripe for a subscription of one item, as it indents it.
export const BODY_BYTES = 5_300

/** A new event, in words that ours and both peers handle: a subscription changed. */
export function eventBody(like: object, of: Subject): string {
  const body = JSON.stringify(event(like, of, ''), null, 2)
  return JSON.stringify(event(like, of, 'x'.repeat(Math.max(0, BODY_BYTES - body.length))), null, 2)
}

function event(like: object, { userId, customerId, subscriptionId }: Subject, filler: string) {
  // `subscriptionId` in the metadata is where better-auth looks; the rest is where we do.
  const metadata = { ...Object(like).metadata, subscriptionId: userId, filler }
  return {
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: Math.floor(Date.now() / 1000),
    data: { object: { ...like, id: subscriptionId, customer: customerId, metadata } },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'customer.subscription.updated',
  }
}

import { randomBytes } from 'node:crypto'
import { insertSession } from '@/db/queries/sessions'
import { shopper } from '@/lib/checkout/shop.fixture'
import { buyer } from '@/lib/customers/by-hand.fixture'
import type { UserId } from '@/lib/ids'
import { chargeTo, type historyOf } from '@/lib/outbox/history.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'

/** What happens at Stripe arrives by it; set once by the test file, whose sandbox it is. */
export const shop = { history: null as ReturnType<typeof historyOf> | null }

/** Everything that happened at Stripe is here. */
export async function arrive(): Promise<void> {
  await shop.history?.arrive()
}

/** A user who has bought nothing. */
export async function visitor() {
  return signIn(await shopper())
}

/** A user with a billing account and no plan. */
export async function account() {
  const { userId, workspaceId, actor, id: customerId } = await buyer()
  return signIn({ userId, workspaceId, actor, customerId })
}

/** A user whose plan is paid for. */
export async function paying() {
  const me = await signIn(await subscriber())
  await arrive()
  return me
}

/** A user whose renewal failed, with a card on file by now that works. */
export async function owing() {
  const me = await paying()
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  await renew(me)
  await chargeTo(me, 'pm_card_visa')
  await arrive()
  return me
}

/** Signs someone in, in a browser of their own. */
async function signIn<T extends { userId: UserId }>(one: T): Promise<T & { token: string }> {
  const token = randomBytes(32).toString('base64url')
  await insertSession({
    sessionToken: token,
    userId: one.userId,
    expires: new Date(Date.now() + 86_400_000),
  })
  return { ...one, token }
}

// At once, without the clock by which everyone else lives.
async function renew({ subscriptionId }: Subscriber): Promise<void> {
  await stripeClient().subscriptions.update(subscriptionId, {
    billing_cycle_anchor: { type: 'now' },
    proration_behavior: 'none',
  })
}

import { createHmac } from 'node:crypto'
import { count, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { syncTargets } from '@/db/schema/events'
import { BRAND } from '@/lib/brand'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import { stripeClient } from '@/lib/stripe/client'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'
import { inboxPorts } from '@/lib/webhooks/inbox-ports'
import { receiveEvent } from '@/lib/webhooks/receive'
import type { RunningSandbox } from '@/sandbox/server'

const OURS = { app: BRAND.stripe.app, env: 'test' }

type Buyer = Awaited<ReturnType<typeof shopper>>

/** A user who pays for the small plan, as Stripe has it: nothing was delivered. `by`: which user and workspace. */
export async function subscriber({
  metadata = OURS,
  interval = 'month',
  price,
  by,
}: {
  metadata?: Record<string, string>
  interval?: 'month' | 'year'
  /** Another one than what is sold now. */
  price?: string
  by?: Buyer
} = {}) {
  const { userId, workspaceId, actor } = by ?? (await shopper())
  const customerId = await ensureCustomer(actor, workspaceId)
  const card = await stripeClient().paymentMethods.attach('pm_card_visa', { customer: customerId })
  const subscription = await stripeClient().subscriptions.create({
    customer: customerId,
    items: [{ price: price ?? (await priceForTier(SMALL, interval)) }],
    default_payment_method: card.id,
    metadata,
  })
  return {
    userId,
    workspaceId,
    actor,
    customerId,
    subscriptionId: subscription.id,
    item: subscription.items.data[0]?.id ?? '',
  }
}

export type Subscriber = Awaited<ReturnType<typeof subscriber>>

/** The events of Stripe since the last call, in the order in which it happened. */
export function newsOf({ sandbox }: RunningSandbox) {
  let heard = [...sandbox.store.all('event')].length
  const news = () => {
    const events = [...sandbox.store.all('event')].slice(heard)
    heard += events.length
    return events
  }
  /** Whether anything has happened since. */
  news.waiting = () => [...sandbox.store.all('event')].length > heard
  return news
}

export type News = ReturnType<typeof newsOf>

/** Delivers an event as a signed webhook; its customer is left for the drain. */
export async function deliver(event: object): Promise<string | undefined> {
  const body = JSON.stringify(event)
  const ports = inboxPorts()
  const t = Math.floor(Date.now() / 1000)
  const [secret = ''] = ports.secrets
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
  const receipt = await receiveEvent(ports, Buffer.from(body), `t=${t},v1=${v1}`)
  return receipt.body.status
}

/** Takes the place of the pace at which Stripe is asked: here it answers no one else (`pace.test.ts` is about it). */
export const UNPACED = { sleep: async () => {} }

/** Drains everything that is dirty, without waiting for leases and windows to end. */
export async function settle(): Promise<void> {
  const due = sql`${syncTargets.dirtySeq} > ${syncTargets.syncedSeq}`
  for (let round = 0; round < 20; round += 1) {
    await db()
      .update(syncTargets)
      .set({ leaseUntil: null, nextRunAt: new Date(0) })
      .where(due)
    await drain({ ...productionPorts(), ...UNPACED }, 'test', 60_000)
    const [left] = await db().select({ n: count() }).from(syncTargets).where(due)
    if (left?.n === 0) return
  }
  throw new Error('Some target stays dirty.')
}

/** Moves Stripe's clock; what is due on the way happens. */
export async function advance({ url }: RunningSandbox, seconds: number): Promise<void> {
  const body = JSON.stringify({ advance: seconds })
  const response = await fetch(`${url}/_sandbox/clock`, { method: 'POST', body })
  if (!response.ok) throw new Error(await response.text())
}

import { randomUUID } from 'node:crypto'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { countUsage } from '@/db/queries/usage'
import { outbox } from '@/db/schema/events'
import { openShop, shopper } from '@/lib/checkout/shop.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import { advance } from '@/lib/reconcile/subscribers.fixture'
import { businessClock } from '@/lib/stripe/business-clock'
import { connect, replaceStripeClient, stripeClient } from '@/lib/stripe/client'
import { USAGE_RULES } from '@/lib/usage/rules'
import { startHttpWire } from '@/tests/harness/http-wire'
import { startUser } from '@/tests/usage/processes'
import { deliverMeterEvents } from './deliver-meter-events'

/** What becomes of a request to the meter: it passes, is cut on its way, or is done and its answer cut. */
export type Fate = 'ok' | 'unsent' | 'unanswered'

// A call of the SDK is made twice.
const TRIES = 2

/** A Stripe that sums up uses, on a line that cuts, and whose clock moves. */
export async function openMeteredShop() {
  const shop = await openShop()
  let fates: Fate[] = []
  let heard: (() => void) | null = null
  const wire = await startHttpWire(shop.url, ({ method, path, way }) => {
    if (path !== '/v1/billing/meter_events' || method !== 'POST') return undefined
    if (way === 'down') heard?.()
    if (fates[0] === 'unsent' && way === 'up') {
      fates.shift()
      return 'cut'
    }
    return way === 'down' && fates.shift() === 'unanswered' ? 'cut' : undefined
  })
  process.env.STRIPE_API_BASE = wire.url
  replaceStripeClient(connect({ secretKey: 'sk_test_wire', apiBase: new URL(wire.url) }))
  const meter = await stripeClient().billing.meters.create({
    display_name: 'Exports',
    event_name: 'exports',
    default_aggregation: { formula: 'sum' },
  })
  const clock = businessClock()
  return {
    ...shop,
    clock,
    meter: meter.id,
    /** What becomes of the next events, in their order. */
    fate: (...next: Fate[]) => {
      fates = next.flatMap((fate) => Array.from({ length: fate === 'ok' ? 1 : TRIES }, () => fate))
    },
    /** When Stripe has next done what it was asked, before anyone hears of it. */
    done: () =>
      new Promise<void>((resolve) => {
        heard = resolve
      }),
    /** Whatever waits is due, and one round goes out. */
    async deliver() {
      await makeDue()
      return deliverMeterEvents(clock)
    },
    /** Another process that sends what waits, to be killed. */
    async sender() {
      const sender = await startUser(process.env)
      sender.order({ do: 'meter' })
      return sender
    },
    later: (hours: number) => advance(shop, hours * 3600),
    customer,
    /** What Stripe has of a customer, in all. */
    async summed(id: string) {
      const { data } = await stripeClient().billing.meters.listEventSummaries(meter.id, {
        ...{ customer: id, start_time: 0, end_time: 60 * Math.ceil(Date.now() / 6000) },
      })
      return data.reduce((sum, { aggregated_value: value }) => sum + value, 0)
    },
    async stop() {
      wire.close()
      await shop.stop()
    },
  }
}

async function customer() {
  const { workspaceId, actor } = await shopper()
  const id = await ensureCustomer(actor, workspaceId)
  /** Some units are used, under a key. */
  const use = (quantity: number, now: Date, useKey: string = randomUUID()) =>
    countUsage({
      ...{ workspaceId, now, useKey, quantity, holdSeconds: null, planState: null },
      rules: { ...USAGE_RULES, meter: 'exports', overage: { free: 'allow' } },
    })
  return { id, use }
}

function makeDue() {
  return db()
    .update(outbox)
    .set({ nextRunAt: new Date(0) })
    .where(isNull(outbox.deliveredAt))
}

/** What of a customer waits for its meter, and why. */
export function waitingOf(id: string) {
  return db()
    .select({ kind: outbox.kind, error: outbox.lastError, value: sql`${outbox.payload}->'value'` })
    .from(outbox)
    .where(
      and(
        eq(outbox.targetKey, id),
        inArray(outbox.kind, ['metered_use', 'meter_event']),
        isNull(outbox.deliveredAt),
      ),
    )
}

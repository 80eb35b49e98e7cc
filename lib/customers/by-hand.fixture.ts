import { randomUUID } from 'node:crypto'
import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomer } from '@/db/queries/customers'
import { ingestEvent } from '@/db/queries/ledger'
import { entitlements } from '@/db/schema/billing'
import { outbox, syncTargets } from '@/db/schema/events'
import { BRAND } from '@/lib/brand'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { type CustomerId, parseCustomerId, type WorkspaceId } from '@/lib/ids'
import { driftPorts } from '@/lib/reconcile/production-ports'
import { scanDrift } from '@/lib/reconcile/scan-drift'
import { UNPACED } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { drain } from '@/lib/sync/drain'
import { drainTarget } from '@/lib/sync/drain-target'
import { anEvent } from '@/lib/sync/one-customer.fixture'
import { productionPorts } from '@/lib/sync/production-ports'
import { ensureCustomer } from './ensure'

export const JOB = { type: 'system', job: 'test' } as const

/** The metadata by which a customer is a workspace's. */
export function namedFor(workspaceId: WorkspaceId) {
  return { app: BRAND.stripe.app, env: 'test', workspace_id: workspaceId }
}

/** A customer that support makes in the dashboard, with a paid plan, and says what we know of it. */
export async function madeByHand(metadata: Record<string, string> = {}) {
  const stripe = stripeClient()
  const customer = await stripe.customers.create({ metadata, email: 'by-hand@example.test' })
  const id = parseCustomerId(customer.id)
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
  await stripe.subscriptions.create({
    customer: id,
    items: [{ price: await priceForTier(SMALL, 'month') }],
    default_payment_method: card.id,
  })
  return { id, ...known(id) }
}

/** A user whose workspace has a customer by our own checkout. `by`: which user, and for which workspace. */
export async function buyer(by?: Awaited<ReturnType<typeof shopper>>) {
  const { userId, workspaceId, actor } = by ?? (await shopper())
  const id = await ensureCustomer(actor, workspaceId)
  const atStripe = async () => {
    const found = await stripeClient().customers.retrieve(id)
    return found.deleted ? null : { email: found.email, name: found.name }
  }
  return { userId, workspaceId, actor, id, atStripe, ...known(id) }
}

/** What has yet to go out about a customer. */
export async function waitingFor(id: CustomerId) {
  const rows = await db().select().from(outbox).where(eq(outbox.targetKey, id))
  return rows.filter(({ deliveredAt }) => deliveredAt === null)
}

/** As if every hold and backoff of the outbox were over. */
export function sooner() {
  return db()
    .update(outbox)
    .set({ nextRunAt: new Date(0) })
}

/** What our records have of a customer, and the events that can arrive about it. */
export function known(id: CustomerId) {
  return {
    /** An event arrives, and its customer is looked at. */
    async hear(type = 'customer.updated') {
      const event = { ...anEvent(), type, objectId: id, customerId: id, targetKey: id }
      await endDebounce(id)
      const { claim } = await ingestEvent(event)
      if (!claim) throw new Error('The lease was not given.')
      await drainTarget({ ...productionPorts(), ...UNPACED }, claim, {
        type: 'stripe',
        eventId: event.id,
      })
    },
    row: () => findCustomer(id),
    async trail() {
      return (await listAudit(id)).map(({ action }) => action)
    },
    async target() {
      const [row] = await db().select().from(syncTargets).where(eq(syncTargets.key, id))
      return row
    },
  }
}

// As if the debounce window were over.
async function endDebounce(id: CustomerId): Promise<void> {
  await db()
    .update(syncTargets)
    .set({ nextRunAt: new Date(0) })
    .where(eq(syncTargets.key, id))
}

/** Drains every dirty customer, whatever window or backoff there is. */
export async function due(): Promise<void> {
  await db()
    .update(syncTargets)
    .set({ nextRunAt: new Date(0) })
  await drain({ ...productionPorts(), ...UNPACED }, 'test', 10_000)
}

/** The daily comparison an hour later, when no webhook can be on its way any more, and what it marks. */
export async function dailyScan() {
  const clock = { now: () => new Date(Date.now() + 3_600_000) }
  const scanned = await scanDrift({ ...driftPorts(), ...UNPACED, clock }, () => false)
  await due()
  return scanned
}

export async function tierOf(workspaceId: WorkspaceId): Promise<string> {
  const [row] = await db()
    .select()
    .from(entitlements)
    .where(eq(entitlements.workspaceId, workspaceId))
  return row?.tier ?? 'free'
}

/** What operators are notified of about a customer, newest first. */
export async function notificationsAbout(id: CustomerId) {
  const rows = await db()
    .select()
    .from(outbox)
    .where(eq(outbox.targetKey, id))
    .orderBy(desc(outbox.createdAt))
  return rows.map(({ payload }) => payload.kind)
}

export function unknownId(): CustomerId {
  return `cus_${randomUUID().replaceAll('-', '')}`
}

import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { disconnect } from '@/db/client'
import { users } from '@/db/schema/auth'
import { customers, entitlements } from '@/db/schema/billing'
import { billingFacts, syncTargets, webhookEvents } from '@/db/schema/events'
import { memberships, workspaces } from '@/db/schema/workspaces'
import { userActor } from '@/lib/audit/actor'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { env } from '@/lib/env'
import type { CustomerId, EventId } from '@/lib/ids'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { startScriptedStripe, subscriptionJson } from '@/tests/harness/faults/scripted-stripe'
import { startWire } from '@/tests/harness/faults/wire'
import { delivery, now, sign } from './signed.fixture'

/**
 * The application's Postgres behind a wire, and a scripted Stripe. The test itself looks at the
 * database past the wire. Call it before anything reads the environment, which happens once.
 * `connections`: how many Postgres lets the application have, all of its instances together.
 */
export async function behindWire({ connections }: { connections?: number } = {}) {
  const url = new URL(process.env.DATABASE_URL ?? '')
  const client = postgres(url.href, { max: 2, onnotice: () => {} })
  const wire = await startWire(Number(url.port || 5432), url.hostname)
  const stripe = await startScriptedStripe()
  url.host = `127.0.0.1:${wire.port}`
  if (connections) Object.assign(url, await limitedRole(client, connections))
  Object.assign(process.env, { DATABASE_URL: url.href, STRIPE_API_BASE: stripe.url })
  const direct = open(client)
  return {
    wire,
    stripe,
    direct,
    customer: () => insertCustomer(direct, stripe),
    /** What a cron does: works through whatever is due. */
    drain: () => drain(productionPorts(), 'test', 10_000),
    async stop() {
      wire.watch(null)
      wire.mend()
      if (connections) await client.unsafe(`alter role ${url.username} connection limit -1`)
      await disconnect()
      await Promise.all([wire.close(), stripe.stop()])
      // Roles belong to the server, which outlives this file's database.
      if (connections) await client.unsafe(`drop role ${url.username}`)
      await client.end({ timeout: 5 })
    },
  }
}

async function limitedRole(client: postgres.Sql, connections: number) {
  const role = { username: `few_${randomUUID().slice(0, 8)}`, password: 'few' }
  await client.unsafe(`create role ${role.username} login password '${role.password}'
    connection limit ${connections} in role current_user`)
  return role
}

type Direct = ReturnType<typeof open>
type Stripe = Awaited<ReturnType<typeof startScriptedStripe>>

function open(client: postgres.Sql) {
  return drizzle({ client, casing: 'snake_case' })
}

/** A customer with a paid subscription at Stripe, of which our records know nothing yet. */
async function insertCustomer(direct: Direct, stripe: Stripe) {
  const userId = randomUUID()
  const workspaceId = personalWorkspaceOf(userId)
  const tail = workspaceId.replaceAll('-', '')
  const id: CustomerId = `cus_${tail}`
  await direct.insert(users).values({ id: userId, email: `${userId}@example.test` })
  await direct.insert(workspaces).values({ id: workspaceId, kind: 'personal' })
  await direct.insert(memberships).values({ workspaceId, userId, role: 'owner' })
  await direct.insert(customers).values({ id, workspaceId, livemode: false })
  const show = (tier: string) =>
    stripe.show(id, subscriptionJson({ id: `sub_${tail}`, customer: id, tier, created: now() }))
  show(SMALL)
  return {
    id,
    workspaceId,
    actor: userActor(userId, workspaceId),
    show,
    async tier() {
      const [row] = await direct
        .select()
        .from(entitlements)
        .where(eq(entitlements.workspaceId, workspaceId))
      return row?.tier ?? null
    },
    events: () => direct.select().from(webhookEvents).where(eq(webhookEvents.targetKey, id)),
    facts: () => direct.select().from(billingFacts).where(eq(billingFacts.customerId, id)),
    async target() {
      const [row] = await direct.select().from(syncTargets).where(eq(syncTargets.key, id))
      return row
    },
    /** Something changed of which no read has heard. */
    mark: () => direct.insert(syncTargets).values({ key: id, dirtySeq: 1 }),
    /** Ends a lease or a backoff that only time would end. */
    due: () =>
      direct
        .update(syncTargets)
        .set({ leaseUntil: new Date(0), nextRunAt: new Date(0) })
        .where(eq(syncTargets.key, id)),
  }
}

/** A paid invoice of a customer: a fact, and a reason to look. */
export function paidEvent(customer: CustomerId, invoice = `in_${customer.slice(4)}`): string {
  return JSON.stringify({
    id: eventId(),
    object: 'event',
    api_version: '2026-10-28.endive',
    created: now(),
    data: { object: { id: invoice, object: 'invoice', customer, attempt_count: 1 } },
    livemode: false,
    type: 'invoice.paid',
  })
}

/** A delivery as Stripe makes it: each attempt is signed anew. */
export function attempt(body: string): Request {
  const secrets = env().stripe.webhookSecrets.slice(0, 1)
  return delivery(body, { 'stripe-signature': sign(body, { secrets }) })
}

function eventId(): EventId {
  return `evt_${randomUUID().replaceAll('-', '')}`
}

import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { applySync, claimDue, claimTarget, failTarget, ingestEvent } from '@/db/queries/ledger'
import { listSubscribers } from '@/db/queries/subscribers'
import { customers } from '@/db/schema/billing'
import { isHandled } from '@/lib/events/handlers'
import { parseCustomerId, parseEventId } from '@/lib/ids'
import { retrieveCustomer } from '@/lib/stripe/customers'
import { readEnvelope } from '@/lib/stripe/envelope'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import { drainTarget } from '@/lib/sync/drain-target'
import type { SyncPorts } from '@/lib/sync/ports'
import { scriptedStripe } from '@/lib/sync/scripted-stripe.fixture'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { someone } from '@/lib/workspaces/someone.fixture'
import type { Lived, Sent } from './live'

/** Their customers are ours, each with a workspace. */
export async function enroll(lived: readonly Lived[]) {
  for (const { customerId } of lived) {
    const id = parseCustomerId(customerId)
    const [known] = await db().execute(sql`select 1 from customers where id = ${id}`)
    if (known) continue
    const { workspaceId } = await someone()
    await db().insert(customers).values({ id, workspaceId, livemode: false })
  }
}

/** An event is delivered, and Stripe read because of it. `now`: Unix seconds. */
export async function arrive({ id, body }: Sent, now: number) {
  const event = readEnvelope(body)
  if (!isHandled(event.type) || event.customerId === null) return
  const payloadSha256 = createHash('sha256').update(body).digest('hex')
  const key = { targetKey: event.customerId, reason: null }
  const row = { ...event, ...key, createdAt: event.created, payloadSha256 }
  const { claim } = await ingestEvent(row)
  const actor = { type: 'stripe' as const, eventId: parseEventId(id) }
  if (claim) await drainTarget(portsAt(now), claim, actor)
  else await syncCustomer(portsAt(now), event.customerId, actor)
}

/** The real database and the sandbox, at an instant of business. */
export function portsAt(now: number): SyncPorts {
  return {
    ledger: { claimTarget, claimDue, applySync, failTarget, listSubscribers },
    stripe: { ...scriptedStripe(), listSubscriptions, retrieveCustomer },
    pace: async () => {},
    inTurn: (work) => work(),
    clock: { now: () => new Date(now * 1000) },
    sleep: async () => {},
    prices: {},
    appEnv: 'test',
    livemode: false,
  }
}

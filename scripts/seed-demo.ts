import { disconnect } from '@/db/client'
import { systemActor } from '@/lib/audit/actor'
import { DEMO_USERS, type DemoUser } from '@/lib/auth/demo'
import { ensureDemoUser } from '@/lib/auth/ensure-demo-user'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { ensureCustomer } from '@/lib/customers/ensure'
import { env } from '@/lib/env'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { log } from '@/lib/log'
import { stripeClient } from '@/lib/stripe/client'
import { APP } from '@/lib/stripe/metadata'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

const actor = systemActor('seed')

/** Gives a development stack its demo users and, at its sandbox, what they have bought. Safe to run again. */
async function main(): Promise<void> {
  if (!env().devTools) throw new Error('Demo users belong beside a sandbox, outside of production.')
  log.level = 'warn'
  for (const person of DEMO_USERS) {
    const workspaceId = personalWorkspaceOf(await ensureDemoUser(person))
    if (person.plan) await subscribe(workspaceId, person.plan)
  }
  await disconnect()
}

async function subscribe(
  workspaceId: WorkspaceId,
  plan: NonNullable<DemoUser['plan']>,
): Promise<void> {
  const customerId = await ensureCustomer(actor, workspaceId)
  // Whatever a visitor has made of it since the first run stays as it is.
  if ((await listSubscriptions(customerId)).length > 0) return
  await buy(customerId, workspaceId, await priceForTier(plan.tier, plan.interval))
  await syncCustomer(productionPorts(), customerId, actor)
}

async function buy(customer: CustomerId, workspaceId: WorkspaceId, price: string): Promise<void> {
  const stripe = stripeClient()
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer })
  await stripe.subscriptions.create({
    customer,
    items: [{ price, quantity: 1 }],
    default_payment_method: card.id,
    metadata: { app: APP, env: env().appEnv, workspace_id: workspaceId },
  })
}

await main()

import { disconnect } from '@/db/client'
import { systemActor } from '@/lib/audit/actor'
import { DEMO_USERS, type DemoUser } from '@/lib/auth/demo'
import { ensureDemoUser } from '@/lib/auth/ensure-demo-user'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { ensureCustomer } from '@/lib/customers/ensure'
import { env } from '@/lib/env'
import type { WorkspaceId } from '@/lib/ids'
import { log } from '@/lib/log'
import { appointFirst } from '@/lib/operators/appoint-first'
import { stripeClient } from '@/lib/stripe/client'
import { APP } from '@/lib/stripe/metadata'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { live } from './demo/live'

const actor = systemActor('seed')

/**
 * Gives a development stack its demo users and, at its sandbox, what they have bought. Safe to run again.
 * `--plain`: only those to whose plans nothing has happened.
 */
async function main(): Promise<void> {
  if (!env().devTools) throw new Error('Demo users belong beside a sandbox, outside of production.')
  log.level = 'warn'
  const plain = process.argv.includes('--plain')
  for (const person of DEMO_USERS.filter(({ since }) => !plain || since === null)) {
    const userId = await ensureDemoUser(person)
    const workspaceId = personalWorkspaceOf(userId)
    if (person.plan) await subscribe(workspaceId, person.plan, person.since)
    if (person.operator) await appointFirst(actor, userId)
  }
  await disconnect()
}

async function subscribe(
  workspaceId: WorkspaceId,
  plan: NonNullable<DemoUser['plan']>,
  since: DemoUser['since'],
): Promise<void> {
  const customerId = await ensureCustomer(actor, workspaceId)
  // Whatever a visitor has made of it since the first run stays as it is.
  if ((await listSubscriptions(customerId)).length > 0) return
  const price = await priceForTier(plan.tier, plan.interval)
  const metadata = { app: APP, env: env().appEnv, workspace_id: workspaceId }
  await live(stripeClient(), { customer: customerId, price, metadata }, since)
  await syncCustomer(productionPorts(), customerId, actor)
}

await main()

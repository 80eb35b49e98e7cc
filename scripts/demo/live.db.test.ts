import { expect, it } from 'vitest'
import { systemActor } from '@/lib/audit/actor'
import { DEMO_USERS, type DemoEvent } from '@/lib/auth/demo'
import { readBilling } from '@/lib/billing/read'
import { FREE } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import { env } from '@/lib/env'
import type { WorkspaceId } from '@/lib/ids'
import { historyOf } from '@/lib/outbox/history.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { APP } from '@/lib/stripe/metadata'
import { someone } from '@/lib/workspaces/someone.fixture'
import { live } from './live'

const shop = shopForFile()

// What the billing page is to show of each demo user a minute after the demo began.
const SHOWN: Record<DemoEvent | 'none', object> = {
  none: { status: 'active', access: 'full', isCanceling: false },
  trial: { status: 'trialing', access: 'full' },
  declined: { status: 'past_due', access: 'grace' },
  debit: { status: 'processing', tier: FREE.tier },
  confirm: { status: 'incomplete', tier: FREE.tier },
  canceling: { status: 'active', access: 'full', isCanceling: true },
  smaller: { status: 'active', access: 'full' },
  held: { status: 'active' },
  paused: { status: 'paused', tier: FREE.tier },
  ended: { tier: FREE.tier },
}

it('each demo user is in the state that the sign-in page says', async () => {
  const history = historyOf(shop)
  const people = DEMO_USERS.flatMap(({ plan, since }) => (plan ? [{ plan, since }] : []))
  const lived: { workspaceId: WorkspaceId; event: DemoEvent | 'none' }[] = []
  for (const { plan, since } of people) {
    const { workspaceId } = await someone({ name: 'Ana' })
    const customer = await ensureCustomer(systemActor('seed'), workspaceId)
    const price = await priceForTier(plan.tier, plan.interval)
    const metadata = { app: APP, env: env().appEnv, workspace_id: workspaceId }
    await live(stripeClient(), { customer, price, metadata }, since)
    lived.push({ workspaceId, event: since ?? ('none' as const) })
  }
  await history.later(0, 1)
  for (const { workspaceId, event } of lived) {
    expect(await readBilling(workspaceId), event).toMatchObject(SHOWN[event])
  }
  const of = (wanted: DemoEvent) =>
    lived.filter(({ event }) => event === wanted).map(({ workspaceId }) => workspaceId)
  for (const id of of('held')) {
    expect(await readBilling(id)).not.toMatchObject({ collectionPaused: null })
  }
  for (const id of of('smaller')) {
    const { subscriptionId } = await readBilling(id)
    const { schedule } = await stripeClient().subscriptions.retrieve(subscriptionId ?? '')
    expect(schedule).toMatch(/^sub_sched_/)
  }
})

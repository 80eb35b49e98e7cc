import { proveWrites, readHealth } from '@/db/queries/health'
import { applySync, claimTarget, type Ingested, ingestEvent } from '@/db/queries/ledger'
import { readBilling } from '@/lib/billing/read'
import { statusOf } from '@/lib/billing/status-of'
import { PAID_PLANS } from '@/lib/catalog/plans'
import { creditsLeft } from '@/lib/credits/left'
import { can } from '@/lib/entitlements/can'
import { inOneRequest } from '@/lib/entitlements/memo'
import { PARKED_AFTER } from '@/lib/sync/parked'
import { newEvent, renewal } from './event'
import type { Operation } from './operation'
import { type Person, rest } from './person'

/** What each event, each page and each check costs in Postgres. */
export const HOT = {
  ingest: {
    words: 'an event is stored, and its customer claimed',
    path: 'hot',
    async ready(person) {
      await rest(person)
      const event = newEvent(person)
      return async () => claimed(await ingestEvent(event))
    },
  },
  claim: {
    words: 'a customer is claimed for a user who waits',
    path: 'hot',
    async ready(person) {
      await rest(person)
      return async () => claimed(await claimTarget(person.customerId, { mark: true }))
    },
  },
  apply: {
    words: 'a read of Stripe is applied',
    path: 'hot',
    ready: applying,
  },
  billing_page: {
    words: 'the billing page reads',
    path: 'hot',
    ready: async ({ workspaceId }) => {
      return () => Promise.all([readBilling(workspaceId), creditsLeft(workspaceId)])
    },
  },
  status: {
    words: '`/api/billing/status` reads',
    path: 'hot',
    ready: async ({ workspaceId }) => {
      return async () => statusOf(await readBilling(workspaceId))
    },
  },
  access: {
    words: '`can`, the first of a request',
    path: 'hot',
    ready: async ({ workspaceId }) => {
      const feature = PAID_PLANS[0]?.features[0] ?? 'priority_support'
      return () => inOneRequest(() => can(workspaceId, feature))
    },
  },
  health: {
    words: '`/api/health` reads, and tries to write',
    path: 'hot',
    ready: async () => {
      return () => Promise.all([readHealth(PARKED_AFTER), proveWrites()])
    },
  },
} satisfies Record<string, Operation>

async function applying(person: Person): Promise<() => Promise<unknown>> {
  await rest(person)
  const event = newEvent(person)
  const claim = claimed(await ingestEvent(event))
  const change = renewal(claim, event, person)
  return async () => {
    const { applied, revenueLeftOut } = await applySync(claim, change, {
      keepLease: false,
      countAttempt: true,
    })
    if (!applied || revenueLeftOut) throw new Error(`It was not applied: ${revenueLeftOut ?? ''}`)
  }
}

function claimed({ claim }: Pick<Ingested, 'claim'>): NonNullable<Ingested['claim']> {
  if (!claim) throw new Error('Another process has the lease.')
  return claim
}

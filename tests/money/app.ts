import type { EntitlementRow, SubscriptionRow } from '@/db/queries/claim'
import { billingOf } from '@/lib/billing/billing'
import type { AccessPolicy } from '@/lib/catalog/access-policy'
import { deriveEntitlement } from '@/lib/entitlements/derive'
import { takenBack } from '@/lib/entitlements/taken-back'
import { isUnstarted, isUnstartedAtStripe } from '@/lib/entitlements/unstarted'
import { parseCustomerId } from '@/lib/ids'
import { listSubscriptions, type SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import { mirrorOf } from '@/lib/sync/mirror'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import type { Person } from './person'
import { type Rule, without } from './rules'

/** What the application keeps of a customer, and what it was shown when it did. */
export type Kept = {
  rows: SubscriptionRow[]
  entitlement: EntitlementRow
  unknownPrice: string | null
  shown: SubscriptionSnapshot[]
}

const NO_PRICES = {}

/** `now`: Unix seconds. `rule`: one that the application is to lack. */
type Ask = { now: number; policy: AccessPolicy; rule: Rule | null }

/** Reads Stripe as the application does, and decides as it does, with what it kept of the time before. */
export async function sync(
  customer: string,
  before: Kept | null,
  { now, policy, rule }: Ask,
): Promise<Kept> {
  const reading = without(rule)
  const at = new Date(now * 1000)
  const reversals = takenBack(policy)
  const shown = await listSubscriptions(parseCustomerId(customer), { reversals })
  const rows = shown.map(reading.snapshot).map((each) => {
    const previous = before?.rows.find(({ id }) => id === each.id)
    const row = mirrorOf(each, previous, { prices: NO_PRICES, now: at, policy })
    return { ...reading.row(row), fence: 1, syncedAt: at }
  })
  const previous = before?.entitlement ?? null
  const inputs = { subscriptions: rows, overrides: [], previous, now: at, policy }
  const { entitlement, unknownPrice } = deriveEntitlement(inputs)
  const row = {
    ...entitlement,
    workspaceId: personalWorkspaceOf(customer),
    fence: 1,
    computedAt: at,
  }
  return { rows, unknownPrice, shown, entitlement: row }
}

/** Ends at Stripe what never began, as the outbox does. Whether there was any. */
export function endUnstarted({ act }: Person, { rows, shown }: Kept): boolean {
  const dead = rows.filter(isUnstarted).filter(({ id }) => {
    const snapshot = shown.find((each) => each.id === id)
    return snapshot !== undefined && isUnstartedAtStripe(snapshot)
  })
  for (const { id } of dead) act('DELETE', `/v1/subscriptions/${id}`)
  return dead.length > 0
}

/** The plan that pages and the status endpoint show at an instant, if no process reads Stripe until then. */
export function shownAt({ rows, entitlement }: Kept, now: number, policy: AccessPolicy) {
  const at = new Date(now * 1000)
  const [customerId = null] = rows.map((row) => row.customerId)
  const known = {
    entitlement,
    overrides: [],
    subscriptions: rows,
    customerId,
    lastSyncedAt: at,
    dirty: false,
    counters: [],
    credits: 0,
    isDisputed: false,
  }
  return billingOf(known, at, true, policy).tier
}

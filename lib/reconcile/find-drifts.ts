import type { SubscriptionRow } from '@/db/queries/claim'
import type { LocalState } from '@/db/queries/reconcile'
import { parseCustomerId, type SubscriptionId } from '@/lib/ids'
import { isForeign } from '@/lib/stripe/foreign'
import type { SubscriptionPage } from '@/lib/stripe/subscriptions'
import {
  compareAccess,
  compareCustomer,
  compareSubscription,
  type Difference,
  unshown,
} from './compare'
import type { Drift } from './record-drift'
import type { Scan } from './scan'

// So many that Stripe does not know are not customers who were deleted, but another account's key:
// with one, a scan must not mark every customer.
export const MANY_MISSING = 10

type Page = Pick<SubscriptionPage, 'subscriptions' | 'customers'>

/** A stretch of instants at which subscriptions were made: after `from`, and up to `to`. */
type Span = { from: Date | null; to: Date | null }

/**
 * Compares one page of Stripe's subscriptions with our records, which are read after it. A row of ours
 * that belongs on this page and is not there is asked for by its customer before it counts as missing.
 * `whole` is false when the run had to stop asking.
 */
export async function findDrifts(
  scan: Scan,
  { subscriptions: shown, customers: owners }: Page,
  span: Span,
  seen: Set<SubscriptionId>,
): Promise<{ drifts: Drift[]; whole: boolean }> {
  const { ports } = scan
  for (const { id } of shown) seen.add(id)
  const customers = new Map(owners.map((each) => [each.id, each]))
  const listed = await ports.records.listLocalState([...customers.keys()], span)
  const records = new Map(listed.map((each) => [each.key, each]))
  const now = await ports.clock.now()

  const found = new Map<string, Difference[]>()
  const note = (key: string, difference: Difference | null) => {
    if (difference) found.set(key, [...(found.get(key) ?? []), difference])
  }
  for (const each of shown) {
    const { customerId: key } = each
    note(key, compareSubscription(each, records.get(key), { prices: ports.prices, now }))
  }
  for (const each of customers.values()) {
    note(each.id, compareCustomer(each, records.get(each.id), ports.appEnv))
  }
  for (const each of listed) note(each.key, compareAccess(each, now))
  const absent = listed.flatMap((each) => {
    // It is known that Stripe does not have the whole customer, and operators were notified.
    if (each.customer?.missingAt) return []
    const rows = each.subscriptions.filter((row) => belongs(row, span) && !seen.has(row.id))
    return rows.length > 0 ? [{ records: each, rows }] : []
  })
  let whole = true
  for (const each of absent) {
    whole = !scan.spent() && scan.scanned.missing < MANY_MISSING
    if (!whole) break
    for (const difference of await askFor(scan, each)) note(each.records.key, difference)
  }
  return { drifts: [...found].map(([key, differences]) => ({ key, differences })), whole }
}

// A sync keeps what has ended as it is.
function belongs({ endedAt, stripeCreatedAt: made }: SubscriptionRow, { from, to }: Span): boolean {
  return !endedAt && (!from || made > from) && (!to || made <= to)
}

// Those on test clocks are shown by customer only, and one can be younger than the page.
async function askFor(
  { ports, paced, scanned }: Scan,
  { records, rows }: { records: LocalState; rows: SubscriptionRow[] },
) {
  const customerId = parseCustomerId(records.key)
  const listed = await paced(() => ports.stripe.listSubscriptions(customerId))
  const shown = listed.filter(({ metadata }) => !isForeign(metadata, ports.appEnv))
  const now = await ports.clock.now()
  return rows.map((row) => {
    const one = shown.find(({ id }) => id === row.id)
    if (one) return compareSubscription(one, records, { prices: ports.prices, now })
    scanned.missing += 1
    return unshown(row)
  })
}

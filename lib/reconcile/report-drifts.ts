import { handledEvents } from '@/lib/events/handlers'
import { log } from '@/lib/log'
import type { Drift } from './record-drift'
import type { Scan } from './scan'
import { typeLists } from './slices'
import { IN_FLIGHT_MS } from './store-event'

/**
 * Marks and counts each customer that differs, except those whose news is on its way: a process reads
 * them, has read them since `began`, or Stripe has had an event of them in the last minutes. The next
 * run looks at these.
 */
export async function reportDrifts(scan: Scan, drifts: Drift[], began: number): Promise<void> {
  if (drifts.length === 0) return
  const { ports, scanned } = scan
  const recent = await recentlyReported(scan)
  for (const drift of drifts) {
    const awaited = recent.has(drift.key)
    // Counted from before the page was read: what was applied since is newer than the page.
    if (awaited || !(await ports.records.recordDrift(drift, performance.now() - began))) {
      scanned.inFlight += 1
      continue
    }
    scanned.drifted += 1
    const fields = drift.differences.flatMap(({ after }) => Object.keys(after))
    log.error({ target: drift.key, fields }, 'drift: our records differ from Stripe')
  }
}

// Customers with an event at Stripe that may still be on its way.
async function recentlyReported({ ports, paced }: Scan): Promise<ReadonlySet<string>> {
  const now = (await ports.clock.now()).getTime()
  const range = { since: new Date(now - IN_FLIGHT_MS), until: new Date(now + IN_FLIGHT_MS) }
  const about = handledEvents.filter((type) => type.startsWith('customer.subscription.'))
  const customers = new Set<string>()
  for (const types of typeLists(about)) {
    const events = await paced(() => ports.stripe.listEvents({ ...range, types }))
    for (const { customerId } of events) if (customerId) customers.add(customerId)
  }
  return customers
}

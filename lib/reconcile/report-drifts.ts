import { handledEvents } from '@/lib/events/handlers'
import { log } from '@/lib/log'
import type { Drift } from './record-drift'
import type { Scan } from './scan'
import { typeLists } from './slices'
import { IN_FLIGHT_MS } from './store-event'

/**
 * Marks and counts who differs, except those whose news is on its way: somebody reads them, has read
 * them since `began`, or Stripe has told of them in the last minutes. These the next run looks at.
 */
export async function reportDrifts(scan: Scan, drifts: Drift[], began: number): Promise<void> {
  if (drifts.length === 0) return
  const { ports, scanned } = scan
  const told = await recentlyTold(scan)
  for (const drift of drifts) {
    const awaited = told.has(drift.key)
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

// Whom Stripe has an event of that may still be on its way.
async function recentlyTold({ ports, paced }: Scan): Promise<ReadonlySet<string>> {
  const now = (await ports.clock.now()).getTime()
  const range = { since: new Date(now - IN_FLIGHT_MS), until: new Date(now + IN_FLIGHT_MS) }
  const about = handledEvents.filter((type) => type.startsWith('customer.subscription.'))
  const told = new Set<string>()
  for (const types of typeLists(about)) {
    const events = await paced(() => ports.stripe.listEvents({ ...range, types }))
    for (const { customerId } of events) if (customerId) told.add(customerId)
  }
  return told
}

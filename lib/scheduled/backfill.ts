import { deliverOutbox } from '@/lib/outbox/deliver'
import { backfillEvents } from '@/lib/reconcile/backfill'
import { budget } from '@/lib/reconcile/budget'
import { backfillPorts } from '@/lib/reconcile/production-ports'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'

// Milliseconds. What is left of the forty goes to the customers whose events were found.
const FETCH = 25_000
const ALL = 40_000

/** The hourly look for events that no webhook brought. */
export async function runBackfill() {
  const began = performance.now()
  const found = await backfillEvents(backfillPorts(), budget(FETCH))
  const left = ALL - (performance.now() - began)
  const ports = productionPorts()
  const synced = await drain(ports, 'cron.backfill', left)
  // What was found may make emails for customers, and the next drain a day away.
  return { ...found, synced, ...(await deliverOutbox(ports.clock)) }
}

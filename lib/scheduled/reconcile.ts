import { deliverOutbox } from '@/lib/outbox/deliver'
import { writeReminders } from '@/lib/outbox/write-reminders'
import { budget } from '@/lib/reconcile/budget'
import { driftPorts } from '@/lib/reconcile/production-ports'
import { scanDrift } from '@/lib/reconcile/scan-drift'
import { noteAllLeftOut } from '@/lib/revenue/note-left-out'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'

// Milliseconds. What is left of the forty goes to repairing what was found.
const COMPARE = 30_000
const ALL = 40_000
// Two indexed statements for five hundred reminders.
const REMIND = 5_000
// Where no drain is scheduled, this is what counts the revenue that was left out.
const NOTE = 2_000

/** The daily comparison of our records with Stripe, and the reminders of what is near. */
export async function runReconcile() {
  const began = performance.now()
  const scanned = await scanDrift(driftPorts(), budget(COMPARE))
  const left = ALL - (performance.now() - began)
  const ports = productionPorts()
  const synced = await drain(ports, 'cron.reconcile', left)
  await noteAllLeftOut(budget(NOTE))
  const reminded = await writeReminders(await ports.clock.now(), budget(REMIND))
  // What was found may make emails for customers, and the next drain a day away.
  return { ...scanned, synced, reminded, ...(await deliverOutbox(ports.clock)) }
}

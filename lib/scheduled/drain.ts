import { deliverOutbox } from '@/lib/outbox/deliver'
import { budget } from '@/lib/reconcile/budget'
import { noteAllLeftOut } from '@/lib/revenue/note-left-out'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'

// Milliseconds. Each takes some, and mostly there is none.
const NOTE = 2_000

/** The minutely drain: reads what webhooks left behind, and sends what the outbox holds. */
export async function runDrain() {
  const ports = productionPorts()
  // Ten seconds under a function's limit, so that the last target's read of Stripe can end.
  const synced = await drain(ports, 'cron.drain', 38_000)
  await noteAllLeftOut(budget(NOTE))
  return { ...synced, ...(await deliverOutbox(ports.clock)) }
}

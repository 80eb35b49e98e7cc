import { deliverOutbox } from '@/lib/outbox/deliver'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'

/** The minutely drain: reads what webhooks left behind, and sends what the outbox holds. */
export async function runDrain() {
  const ports = productionPorts()
  // Ten seconds under a function's limit, so that the last target's read of Stripe can end.
  const synced = await drain(ports, 'cron.drain', 40_000)
  return { ...synced, ...(await deliverOutbox(ports.clock)) }
}

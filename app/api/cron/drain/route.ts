import { cronRoute } from '@/lib/jobs/cron-route'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'

// Seconds: one minute's worth, because the next run comes a minute later.
export const maxDuration = 60

/** The minutely sweep: works through what webhooks left behind, and sends what the outbox holds. */
export const GET = cronRoute('drain', async () => {
  const ports = productionPorts()
  // Ten seconds under the limit, so that the last target's read of Stripe can end.
  const synced = await drain(ports, 'cron.drain', 40_000)
  return { ...synced, ...(await deliverOutbox(ports.clock)) }
})

import { isCron } from '@/lib/cron/authorize'
import { deliverEffects } from '@/lib/effects/deliver'
import { env } from '@/lib/env'
import { drain } from '@/lib/sync/drain'
import { productionPorts } from '@/lib/sync/production-ports'

// Seconds: one minute's worth, because the next run comes a minute later.
export const maxDuration = 60

/** The minutely sweep: works off what webhooks left behind, and sends what the outbox holds. */
export async function GET(request: Request): Promise<Response> {
  const { cronSecret } = env()
  if (!cronSecret) return Response.json({ error: 'unavailable' }, { status: 503 })
  if (!isCron(request.headers.get('authorization'), cronSecret)) {
    return Response.json({ error: 'unauthenticated' }, { status: 401 })
  }
  // Ten seconds under the limit, so that the last target's read of Stripe can end.
  const ports = productionPorts()
  const synced = await drain(ports, 'cron.drain', 40_000)
  return Response.json({ ...synced, ...(await deliverEffects(ports.clock)) })
}

import { type MetricFacts, readMetrics } from '@/db/queries/metrics'
import { PATIENCE, within } from '@/lib/deadline'
import { env } from '@/lib/env'
import { boundsHere } from '@/lib/health/check'
import { failureText, log } from '@/lib/log'
import { isBearer } from '@/lib/requests/bearer'
import { requestCounts } from '@/lib/stripe/request-count'
import { PARKED_AFTER } from '@/lib/sync/parked'
import { renderMetrics } from './render'

/** The metrics for a caller with the token: 404 where none is set, 401 for another token or none. */
export async function answerMetrics(authorization: string | null): Promise<Response> {
  const { metricsToken } = env()
  if (!metricsToken) return refuse(404, 'not_found')
  if (!isBearer(authorization, metricsToken)) return refuse(401, 'unauthenticated')
  const text = renderMetrics({
    facts: await factsNow(),
    late: boundsHere(),
    stripe: requestCounts(),
  })
  const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', ...NO_STORE }
  return new Response(text, { headers })
}

// While Postgres is away or silent, that is the metric: it must be known before the route's own time is over.
async function factsNow(): Promise<MetricFacts | null> {
  try {
    return await within(PATIENCE.monitor, () => readMetrics(PARKED_AFTER))
  } catch (error) {
    log.error({ error: failureText(error) }, 'metrics: Postgres does not answer')
    return null
  }
}

function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status, headers: NO_STORE })
}

const NO_STORE = { 'cache-control': 'no-store' }

import { apiRoute } from '@/app/api/api-route'
import { PATIENCE } from '@/lib/deadline'
import { answerMetrics } from '@/lib/metrics/answer'

/** For a Prometheus that has METRICS_TOKEN; docs/operate/alerts.md says what to do with it. */
export const GET = apiRoute(PATIENCE.scrape, (request: Request) =>
  answerMetrics(request.headers.get('authorization')),
)

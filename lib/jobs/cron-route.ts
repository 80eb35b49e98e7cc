import { PATIENCE, within } from '@/lib/deadline'
import { env } from '@/lib/env'
import { isDatabaseError, Unavailable } from '@/lib/errors'
import { isCron } from './authorize'
import type { Job } from './jobs'
import { runJob } from './run-job'

/**
 * The route of a scheduled job: a caller with the cron secret starts it, and its heartbeat is noted. A
 * route exports the result as its `GET` and has no other method. What the job gives is the answer.
 */
export function cronRoute(job: Job, work: () => Promise<Record<string, unknown>>) {
  const patience = patienceOf(job)
  return async (request: Request): Promise<Response> => {
    const { cronSecret } = env()
    if (!cronSecret) return answer(503, { error: 'unavailable' })
    if (!isCron(request.headers.get('authorization'), cronSecret)) {
      return answer(401, { error: 'unauthenticated' })
    }
    try {
      return answer(200, await runJob(job, () => within(patience, work)))
    } catch (error) {
      // The reason is in the log and in the heartbeat; a scheduler only needs to see that it failed.
      const passes = error instanceof Unavailable || isDatabaseError(error)
      return passes ? answer(503, { error: 'unavailable' }) : answer(500, { error: 'failed' })
    }
  }
}

/** How long a job may take. */
export function patienceOf(job: Job) {
  return job === 'anchor' ? PATIENCE.anchor : PATIENCE.job
}

function answer(status: number, body: Record<string, unknown>): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}

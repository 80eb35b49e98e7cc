import { env } from '@/lib/env'
import type { Job } from '@/lib/heartbeats/jobs'
import { runJob } from '@/lib/heartbeats/run-job'
import { isCron } from './authorize'

/**
 * The door to a scheduled job: whoever has the cron secret starts it, and its heartbeat is noted. A
 * route exports the result as its `GET` and has no other method. What the job gives is the answer.
 */
export function cronRoute(job: Job, work: () => Promise<Record<string, unknown>>) {
  return async (request: Request): Promise<Response> => {
    const { cronSecret } = env()
    if (!cronSecret) return answer(503, { error: 'unavailable' })
    if (!isCron(request.headers.get('authorization'), cronSecret)) {
      return answer(401, { error: 'unauthenticated' })
    }
    try {
      return answer(200, await runJob(job, work))
    } catch {
      // The reason is in the log and in the heartbeat; a scheduler only needs to see that it failed.
      return answer(500, { error: 'failed' })
    }
  }
}

function answer(status: number, body: Record<string, unknown>): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}

import { upsertHeartbeat } from '@/db/queries/heartbeats'
import { failureText, log } from '@/lib/log'
import { flushSpans, span } from '@/lib/span'
import type { Job } from './jobs'

/**
 * Runs a job and notes how it ended: a scheduler that stops calling leaves no other trace. Gives what
 * the job gives, and throws what it throws.
 */
export async function runJob<T>(job: Job, work: () => Promise<T>): Promise<T> {
  try {
    const result = await span('job', { 'billing.job': job }, work)
    await note(job, null)
    return result
  } catch (error) {
    const reason = failureText(error)
    log.error({ job, error: reason }, 'job failed')
    await note(job, reason)
    throw error
  } finally {
    await flushSpans()
  }
}

// A note that cannot be written must not fail the job: it shows as a late heartbeat.
async function note(job: Job, failure: string | null): Promise<void> {
  try {
    await upsertHeartbeat(job, failure)
  } catch (error) {
    log.error({ job, error: failureText(error) }, 'heartbeat not noted')
  }
}

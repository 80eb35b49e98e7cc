import vercel from '@/vercel.json'
import { type Cron, cronsOf } from './cron'
import type { Job } from './jobs'
import { longestGap } from './longest-gap'

const MINUTE = 60_000

/**
 * After how many milliseconds without a good run a job is late, by the schedules in `vercel.json`:
 * on a daily cron a day is no alarm. Null: no schedule runs it.
 */
export function lateAfter(job: Job, crons: readonly Cron[] = cronsOf(vercel)): number | null {
  const gaps = crons
    .filter(({ path }) => path === `/api/cron/${job}`)
    .map(({ schedule }) => longestGap(schedule))
  if (gaps.length === 0) return null
  const gap = Math.min(...gaps)
  // One run may be missed, and a day's job may be two hours late: Vercel promises no exact minute.
  return gap + Math.min(Math.max(gap, 2 * MINUTE), 120 * MINUTE)
}

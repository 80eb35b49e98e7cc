import { anchorAudit } from '@/lib/audit/anchor'
import type { Job } from '@/lib/jobs/jobs'
import { runBackfill } from './backfill'
import { runDrain } from './drain'
import { runPrune } from './prune'
import { runReconcile } from './reconcile'

/** What each job does: the routes of `/api/cron` start it, and so does `npm run worker`. */
export const WORK: Readonly<Record<Job, () => Promise<Record<string, unknown>>>> = {
  drain: runDrain,
  backfill: runBackfill,
  reconcile: runReconcile,
  anchor: anchorAudit,
  prune: runPrune,
}

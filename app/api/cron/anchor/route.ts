import { anchorAudit } from '@/lib/audit/anchor'
import { cronRoute } from '@/lib/jobs/cron-route'

// Seconds. Ten may go by until older writers are done.
export const maxDuration = 60

/** The nightly anchor: makes yesterday's audit trail provable, and hands the proof outside. */
export const GET = cronRoute('anchor', anchorAudit)

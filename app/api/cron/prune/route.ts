import { cronRoute } from '@/lib/jobs/cron-route'
import { runPrune } from '@/lib/scheduled/prune'

// Seconds.
export const maxDuration = 60

/** The nightly removal of what is not needed any more. */
export const GET = cronRoute('prune', runPrune)

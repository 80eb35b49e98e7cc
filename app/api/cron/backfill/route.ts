import { cronRoute } from '@/lib/jobs/cron-route'
import { runBackfill } from '@/lib/scheduled/backfill'

// Seconds.
export const maxDuration = 60

/** The hourly look for events that no webhook brought. */
export const GET = cronRoute('backfill', runBackfill)

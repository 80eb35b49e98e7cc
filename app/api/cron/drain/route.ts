import { cronRoute } from '@/lib/jobs/cron-route'
import { runDrain } from '@/lib/scheduled/drain'

// Seconds: one minute's worth, because the next run comes a minute later.
export const maxDuration = 60

/** The minutely drain: reads what webhooks left behind, and sends what the outbox holds. */
export const GET = cronRoute('drain', runDrain)

import { cronRoute } from '@/lib/jobs/cron-route'
import { budget } from '@/lib/reconcile/budget'
import { prune } from '@/lib/retention/prune'

// Seconds.
export const maxDuration = 60

// Milliseconds after which no further batch is begun.
const ALL = 40_000

/** The nightly removal of what is not needed any more. */
export const GET = cronRoute('prune', () => prune(budget(ALL)))

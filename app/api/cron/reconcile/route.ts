import { cronRoute } from '@/lib/jobs/cron-route'
import { runReconcile } from '@/lib/scheduled/reconcile'

// Seconds.
export const maxDuration = 60

/** The daily comparison of our records with Stripe. */
export const GET = cronRoute('reconcile', runReconcile)

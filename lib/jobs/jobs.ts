/** What a scheduler starts. Each is a route of the same name under `/api/cron`. */
export type Job = 'drain' | 'backfill' | 'reconcile' | 'anchor' | 'prune'

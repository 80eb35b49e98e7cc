import type { Check } from '@/lib/health/judge'

/** What to do about each check of the health that fails. */
export const CURES: Record<Check, string> = {
  postgres:
    'Postgres does not answer. See whether it runs, and whether DATABASE_URL still leads there.',
  migrations: 'The tables are older than this code. Run `npm run db:migrate`.',
  writes:
    'Postgres takes no writes, so webhooks are answered 503. See whether it is read-only or full, and whether its role may write (`npm run db:grant`).',
  targets_due:
    'Customers wait to be read. See on the page Stuck for what reason, and whether the drain runs.',
  targets_parked:
    'Some customers have failed for a day. See on the page Stuck for what reason, mend it, and replay them.',
  events_dead:
    'Some events were given up. See on the page Stuck for what reason, mend it, and replay them.',
  customers:
    'Stripe says that it does not have a customer with a living plan. See whether STRIPE_SECRET_KEY is of the right account; `npm run customers` lists them.',
  outbox:
    'What should have gone out waits. See on the page Outbox for what reason; most often the mail server refuses.',
  revenue:
    'Something was left out of the revenue. The page Stuck says what, why, and what to do; access does not depend on it.',
  uses: 'Stripe takes some uses no more, for they are older than 35 days. The page Outbox names them, and what to do.',
  cursor: 'Stripe’s events were not looked through lately. See whether the job backfill runs.',
  anchor: 'The audit trail was not anchored lately. See whether the job anchor runs.',
  job_drain:
    'The job drain has not ended well lately. See whether its cron is called with CRON_SECRET, or `npm run worker` runs.',
  job_backfill:
    'The job backfill has not ended well lately. See whether its cron is called with CRON_SECRET.',
  job_reconcile:
    'The job reconcile has not ended well lately. See whether its cron is called with CRON_SECRET.',
  job_anchor:
    'The job anchor has not ended well lately. See whether its cron is called with CRON_SECRET.',
  job_prune:
    'The job prune has not ended well lately. See whether its cron is called with CRON_SECRET.',
  redis:
    'Redis does not answer. Nothing is lost by it; webhooks and pages are a little slower. See whether it runs, and its token.',
}

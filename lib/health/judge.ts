import type { HealthFacts } from '@/db/queries/health'
import type { Job } from '@/lib/jobs/jobs'

/** `off`: no scheduler runs it here. `unknown`: Postgres did not say. */
export type Verdict = 'ok' | 'failed' | 'off' | 'unknown'

export type Health = {
  status: 'ok' | 'failed'
  checks: Record<Check, Verdict>
}

export type Check =
  | 'postgres'
  | 'migrations'
  | 'writes'
  | 'targets_due'
  | 'targets_parked'
  | 'events_dead'
  | 'customers'
  | 'outbox'
  | 'revenue'
  | 'uses'
  | 'cursor'
  | 'anchor'
  | `job_${Job}`
  | 'redis'

/** What Postgres showed, and whether it would store a webhook; or why there is nothing to show. */
export type Look =
  | { kind: 'facts'; facts: HealthFacts; writes: boolean }
  | { kind: 'unmigrated' }
  | { kind: 'down' }

export type Signs = {
  records: Look
  redis: boolean
  /** A delivery of Stripe's was refused a moment ago. */
  refused: boolean
}

/** Milliseconds without a good run after which a job is late; null: no scheduler runs it here. */
export type Bounds = Record<Job, number | null>

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/**
 * Whether an operator must look. Everything but Redis counts: Redis saves work, and is never needed for
 * what is true. The checks are always the same ones, so that a monitor may rely on them.
 */
export function judge({ records, redis, refused }: Signs, late: Bounds): Health {
  const checks = { ...ofState(records, refused, late), redis: verdict(redis) }
  const { redis: _, ...needed } = checks
  const bad = Object.values(needed).some((one) => one === 'failed' || one === 'unknown')
  return { status: bad ? 'failed' : 'ok', checks }
}

function ofState(look: Look, refused: boolean, late: Bounds): Omit<Health['checks'], 'redis'> {
  if (look.kind !== 'facts') {
    const down = look.kind === 'down'
    return {
      ...UNKNOWN,
      postgres: verdict(!down),
      migrations: down ? 'unknown' : 'failed',
    }
  }
  const { facts } = look
  // What webhooks and visits leave over waits for the next drain: a day, where no drain is scheduled.
  const drain = late.drain ?? DAY
  return {
    postgres: 'ok',
    migrations: verdict(facts.migrated),
    writes: verdict(look.writes && !refused),
    targets_due: within(facts.dueFor, drain + 2 * MINUTE),
    targets_parked: verdict(!facts.parked),
    events_dead: verdict(!facts.dead),
    customers: verdict(!facts.missing),
    outbox: within(facts.outboxFor, drain + 27 * MINUTE),
    revenue: facts.unread ? 'failed' : within(facts.revenueFor, drain + 27 * MINUTE),
    uses: verdict(!facts.unmetered),
    cursor: late.backfill === null ? 'off' : within(facts.cursorAge, late.backfill),
    // A day is over when it is anchored: its end is a day old, and the job may be late, too.
    anchor: late.anchor === null ? 'off' : within(facts.anchorAge, DAY + late.anchor),
    job_drain: ofJob('drain'),
    job_backfill: ofJob('backfill'),
    job_reconcile: ofJob('reconcile'),
    job_anchor: ofJob('anchor'),
    job_prune: ofJob('prune'),
  }

  function ofJob(job: Job): Verdict {
    const bound = late[job]
    if (bound === null) return 'off'
    // Each has had a row since it was installed: one without has never ended well.
    return verdict((facts.jobAges[job] ?? Number.POSITIVE_INFINITY) <= bound)
  }
}

const UNKNOWN = {
  postgres: 'unknown',
  migrations: 'unknown',
  writes: 'unknown',
  targets_due: 'unknown',
  targets_parked: 'unknown',
  events_dead: 'unknown',
  customers: 'unknown',
  outbox: 'unknown',
  revenue: 'unknown',
  uses: 'unknown',
  cursor: 'unknown',
  anchor: 'unknown',
  job_drain: 'unknown',
  job_backfill: 'unknown',
  job_reconcile: 'unknown',
  job_anchor: 'unknown',
  job_prune: 'unknown',
} as const

function within(age: number | null, bound: number): Verdict {
  return verdict(age === null || age <= bound)
}

function verdict(good: boolean): Verdict {
  return good ? 'ok' : 'failed'
}

import { proveWrites, readHealth } from '@/db/queries/health'
import { PATIENCE, within } from '@/lib/deadline'
import { env } from '@/lib/env'
import type { Job } from '@/lib/jobs/jobs'
import { lateAfter } from '@/lib/jobs/late-after'
import { failureText, log } from '@/lib/log'
import { store } from '@/lib/redis/client'
import { PARKED_AFTER } from '@/lib/sync/parked'
import { refusedLately } from '@/lib/webhooks/refused-lately'
import { type Bounds, type Health, judge, type Look } from './judge'

/** Whether an operator must look, within two seconds, whatever Postgres and Redis do. Never throws. */
export async function checkHealth(late: Bounds = boundsHere()): Promise<Health> {
  const { records, redis } = await sharedLook()
  return judge({ records, redis, refused: refusedLately() }, late)
}

type Seen = { records: Look; redis: boolean }

// It is public, and may be asked at any rate: Postgres and Redis are asked once in five seconds.
const KEPT_MS = 5_000

let last: { begun: number; look: Promise<Seen> } | undefined

function sharedLook(): Promise<Seen> {
  const now = performance.now()
  if (!last || now - last.begun >= KEPT_MS) last = { begun: now, look: look() }
  return last.look
}

/** Forgets what was seen: for tests, where everything happens within five seconds. */
export function forgetLook(): void {
  last = undefined
}

async function look(): Promise<Seen> {
  const [records, writes, pong] = await Promise.all([
    compareState(),
    tryToWrite(),
    store().ask((redis) => redis.ping()),
  ])
  return { records: records.kind === 'facts' ? { ...records, writes } : records, redis: pong.ok }
}

async function compareState(): Promise<Look> {
  try {
    const facts = await within(PATIENCE.monitor, () => readHealth(PARKED_AFTER))
    return facts ? { kind: 'facts', facts, writes: false } : { kind: 'unmigrated' }
  } catch (error) {
    log.error({ error: failureText(error) }, 'health: Postgres does not answer')
    return { kind: 'down' }
  }
}

async function tryToWrite(): Promise<boolean> {
  try {
    await within(PATIENCE.monitor, proveWrites)
    return true
  } catch (error) {
    log.error({ error: failureText(error) }, 'health: Postgres takes no writes')
    return false
  }
}

/**
 * After how long each job is late here. Vercel runs crons for production alone, and so does a host
 * with only one scheduler.
 */
export function boundsHere(): Bounds {
  const here = (job: Job) => (env().appEnv === 'production' ? lateAfter(job) : null)
  return {
    drain: here('drain'),
    backfill: here('backfill'),
    reconcile: here('reconcile'),
    anchor: here('anchor'),
    prune: here('prune'),
  }
}

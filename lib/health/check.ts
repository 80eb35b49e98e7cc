import { readHealth } from '@/db/queries/health'
import { withDeadline } from '@/lib/deadline'
import { env } from '@/lib/env'
import type { Job } from '@/lib/heartbeats/jobs'
import { lateAfter } from '@/lib/heartbeats/late-after'
import { failureText, log } from '@/lib/log'
import { store } from '@/lib/redis/client'
import { type Bounds, type Health, judge, type Look } from './judge'

// A monitor gives up on its own after some seconds, and could then not tell us from a dead host.
const DEADLINE_MS = 2_000

/** Whether somebody must look, within two seconds, whatever Postgres and Redis do. Never throws. */
export async function checkHealth(late: Bounds = boundsHere()): Promise<Health> {
  const [look, pong] = await Promise.all([
    withDeadline(sharedLook(), DEADLINE_MS, () => new Error('late')).catch((): Look => DOWN),
    store().ask((redis) => redis.ping()),
  ])
  return judge(look, pong.ok, late)
}

const DOWN: Look = { kind: 'down' }

// Anybody may ask, as often as they like: Postgres is asked once in five seconds.
const KEPT_MS = 5_000

// A look that hangs holds a connection. It is given up after half a minute, and then there is another.
const HANGS_AFTER_MS = 30_000

let last: { begun: number; ended: boolean; look: Promise<Look> } | undefined

function sharedLook(): Promise<Look> {
  const now = performance.now()
  if (last && now - last.begun < (last.ended ? KEPT_MS : HANGS_AFTER_MS)) return last.look
  const mine = { begun: now, ended: false, look: lookAtBooks() }
  void mine.look.finally(() => {
    mine.ended = true
  })
  last = mine
  return mine.look
}

/** Forgets what was seen: for tests, where everything happens within five seconds. */
export function forgetLook(): void {
  last = undefined
}

async function lookAtBooks(): Promise<Look> {
  try {
    const facts = await readHealth()
    return facts ? { kind: 'facts', facts } : { kind: 'unmigrated' }
  } catch (error) {
    log.error({ error: failureText(error) }, 'health: Postgres does not answer')
    return DOWN
  }
}

// Vercel runs crons for production alone, and so does everybody who has only one scheduler.
function boundsHere(): Bounds {
  const here = (job: Job) => (env().appEnv === 'production' ? lateAfter(job) : null)
  return {
    drain: here('drain'),
    backfill: here('backfill'),
    reconcile: here('reconcile'),
    anchor: here('anchor'),
    prune: here('prune'),
  }
}

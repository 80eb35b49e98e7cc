import type { NewEvent } from '@/db/queries/ledger'
import { drain } from '@/lib/sync/drain'
import { verdict } from './check/verdict'
import { WAY_MS } from './fault-plan'
import { Process } from './process'
import { backfill, compare } from './reconcile'
import type { World } from './world'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
// After so many drains that had something to do there is no excuse.
const PATIENCE = 60
// No backoff is longer than five hours and a fifth.
const LONGEST = 7 * HOUR
// A drift scan skips customers that had an event in the last minutes, and comes again.
const SCANS = 3

/**
 * Lets everything have its time, in a world that has turned fair, and compares the records with Stripe's state.
 * @returns what was wrong; empty when nothing was
 */
export async function ending(world: World, made: NewEvent[]): Promise<string[]> {
  await runUntilIdle(world)
  if (world.lossy) {
    await job(world, backfill)
    await runUntilIdle(world)
  }
  for (let scans = world.unreported ? SCANS : 0; scans > 0; scans -= 1) {
    await world.time.run(world.time.now + HOUR)
    await job(world, compare)
    await runUntilIdle(world)
  }
  await rejectHung(world)
  return [...world.wrong, ...verdict(world, made)]
}

/** A cron's drain. A drain that finds nothing does nothing, so only the others are played. */
export function drainByCron(world: World): void {
  const due = world.ledger.nextDue()
  if (!world.guards.drain || due === null || due > world.time.now + WAY_MS) return
  void drainedBy(world).catch(() => {})
}

async function drainedBy(world: World): Promise<void> {
  const process = new Process(world)
  await drain(process, 'cron', MINUTE)
  await process.deliverOutbox()
}

/** Lets time pass, with a drain each minute in which there is something to do. */
export async function pass(world: World, until: number, drains: () => number): Promise<void> {
  const { time, ledger } = world
  while (time.now < until) {
    const due = ledger.nextDue() ?? until
    if (due <= time.now + WAY_MS) for (let n = drains(); n > 0; n -= 1) drainByCron(world)
    // What happens meanwhile can make something due sooner.
    const next = Math.min(due, time.next() ?? until)
    await time.run(Math.min(Math.max(next, time.now + MINUTE), until))
  }
}

/** Lets a job run to its end, whatever that is. */
async function job(world: World, run: (world: World) => Promise<unknown>): Promise<void> {
  let over = false
  const running = run(world)
    .catch(() => {})
    .finally(() => {
      over = true
    })
  // A job whose process died never ends: then nothing is left to happen.
  while (!over) {
    const next = world.time.next()
    if (next === null) break
    await world.time.run(next)
  }
  if (over) await running
}

// Time jumps to whatever is due, or happens, next.
async function runUntilIdle(world: World): Promise<void> {
  const { time, ledger } = world
  for (let patience = PATIENCE; patience > 0; ) {
    const next = time.next()
    const due = ledger.nextDue()
    if (due === null && next === null) break
    if (due === null || (next !== null && next < due)) {
      await time.run(next ?? time.now)
      continue
    }
    if (due > time.now + LONGEST) break
    await time.run(due)
    patience -= 1
    drainByCron(world)
    await time.run(time.now + MINUTE)
  }
}

// The deadline of a read is a real timer, and would keep all of this history in memory until it rings.
async function rejectHung({ time, hung }: World): Promise<void> {
  for (const reject of hung) reject(new Error('The history is over.'))
  await time.run(time.now)
}

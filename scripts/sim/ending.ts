import type { NewEvent } from '@/db/queries/ledger'
import { drain } from '@/lib/sync/drain'
import { verdict } from './check/verdict'
import { Process } from './process'
import type { World } from './world'

const MINUTE = 60_000
// Backoffs that began in the trouble end within this many minutes, and with them every excuse.
const PATIENCE = 240

/**
 * Lets everything have its time, in a world that has turned fair, and compares the books with the truth.
 * @returns what was wrong; empty when nothing was
 */
export async function ending(world: World, made: NewEvent[]): Promise<string[]> {
  await settle(world)
  await bury(world)
  return [...world.wrong, ...verdict(world, made)]
}

/** A cron's sweep. A sweep of clean books does nothing, so only the others are told. */
export function sweep(world: World): void {
  if (!world.guards.sweep || !world.ledger.isDirty()) return
  void drain(new Process(world), 'cron', MINUTE).catch(() => {})
}

// While the books are clean, time jumps to whatever happens next.
async function settle(world: World): Promise<void> {
  const { time, ledger } = world
  for (let patience = PATIENCE; patience > 0; ) {
    const next = time.next()
    if (ledger.isDirty()) {
      patience -= 1
      sweep(world)
      await time.run(time.now + MINUTE)
    } else if (next === null) break
    else await time.run(next)
  }
}

// The deadline of a read is a real timer, and would keep all of this history in memory until it rings.
async function bury({ time, hung }: World): Promise<void> {
  for (const reject of hung) reject(new Error('The history is over.'))
  await time.run(time.now)
}

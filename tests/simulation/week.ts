import { pass } from './ending'
import type { RandomFaultPlan } from './fault-plan'
import { backfill, compare } from './reconcile'
import type { World } from './world'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const HOURS = 7 * 24

/** A week with its crons: drains by the minute, the backfill by the hour, the comparison by the day. */
export async function weekOf(world: World<RandomFaultPlan>): Promise<void> {
  const { time, faultPlan, tally } = world
  const began = time.now
  tally.add('week')
  world.unreported = true
  for (let hour = 1; hour <= HOURS; hour += 1) {
    await pass(world, began + hour * HOUR, () => faultPlan.drains())
    void backfill(world).catch(() => {})
    if (hour % 24 === 0) void compare(world).catch(() => {})
  }
}

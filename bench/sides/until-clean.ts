import { setTimeout as sleep } from 'node:timers/promises'
import type { Subject } from '@/bench/load/event-body'
import type { Scene } from '@/bench/scene'
import { callCron } from '@/tests/harness/cron'

// The debounce window, and room for a slow machine. What takes longer waits for a backoff, because Redis or
// the sandbox did not get its share of this machine: such a round says nothing about us.
const PATIENCE_MS = 15_000

/** Waits until nothing about these customers is left to be read or sent; false when that took too long. */
export async function untilClean(scene: Scene, subjects: readonly Subject[]): Promise<boolean> {
  const began = performance.now()
  for (let n = 1; (await left(scene, subjects)) > 0; n += 1) {
    if (n % DRAIN_EVERY === 0) await callCron(scene.ours, scene.cronSecret)
    await sleep(50)
  }
  return performance.now() - began < PATIENCE_MS
}

// Each five seconds, for what no process holds any more.
const DRAIN_EVERY = 100

async function left({ sql }: Scene, subjects: readonly Subject[]): Promise<number> {
  const keys = subjects.map(({ customerId }) => customerId)
  // The emails that a read leads to are a part of what it costs, and would fall on the next side.
  const [row] = await sql<{ n: number }[]>`select (select count(*) from sync_targets
      where key = any(${keys}) and dirty_seq > synced_seq)::integer
    + (select count(*) from outbox where delivered_at is null)::integer as n`
  return row?.n ?? 0
}

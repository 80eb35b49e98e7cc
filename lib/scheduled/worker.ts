import { cronsOf } from '@/lib/jobs/cron'
import { isDue } from '@/lib/jobs/is-due'
import type { Job } from '@/lib/jobs/jobs'
import { longestGap } from '@/lib/jobs/longest-gap'
import vercel from '@/vercel.json'

/** What a worker needs of the outside. */
export type WorkerPorts = {
  now(): Date
  /** Waits, or less when it is asked to stop. */
  sleep(milliseconds: number): Promise<void>
  /** Whether it was asked to stop. */
  stopped(): boolean
  /** Runs a job to its end and notes how it ended. Never throws. */
  run(job: Job): Promise<void>
  /** Milliseconds since each job last ended well; null: never. */
  ages(): Promise<Partial<Record<Job, number | null>>>
}

const MINUTE = 60_000

// A timer may fire a little early, and the minute before would then be done twice.
const INTO = 50

/**
 * Starts each job in the minutes that `vercel.json` names, as the platform would, until it is asked to stop;
 * then waits for what is under way. A job that is still running is not started beside itself. What was due
 * while it did not run is done at the beginning.
 */
export async function work(ports: WorkerPorts, schedule: Schedule = scheduled()): Promise<void> {
  const running = new Map<Job, Promise<void>>()
  const start = (job: Job) => {
    if (running.has(job)) return
    running.set(
      job,
      ports.run(job).finally(() => running.delete(job)),
    )
  }
  for (const job of await behind(ports, schedule)) start(job)
  while (!ports.stopped()) {
    await ports.sleep(MINUTE - (ports.now().getTime() % MINUTE) + INTO)
    if (ports.stopped()) break
    for (const [job, expression] of schedule) if (isDue(expression, ports.now())) start(job)
  }
  await Promise.all(running.values())
}

export type Schedule = readonly (readonly [Job, string])[]

function scheduled(): Schedule {
  return cronsOf(vercel).flatMap(({ path, schedule }) => {
    const job = path.replace('/api/cron/', '')
    return isJob(job) ? [[job, schedule] as const] : []
  })
}

function isJob(word: string): word is Job {
  return ['drain', 'backfill', 'reconcile', 'anchor', 'prune'].includes(word)
}

async function behind(ports: WorkerPorts, schedule: Schedule): Promise<Job[]> {
  const ages = await ports.ages()
  return schedule
    .filter(
      ([job, expression]) => (ages[job] ?? Number.POSITIVE_INFINITY) >= longestGap(expression),
    )
    .map(([job]) => job)
}

import { setTimeout as sleep } from 'node:timers/promises'
import { readHealth } from '@/db/queries/health'
import { within } from '@/lib/deadline'
import { env } from '@/lib/env'
import { patienceOf } from '@/lib/jobs/cron-route'
import type { Job } from '@/lib/jobs/jobs'
import { runJob } from '@/lib/jobs/run-job'
import { log } from '@/lib/log'
import { WORK } from '@/lib/scheduled/work'
import { work } from '@/lib/scheduled/worker'
import { PARKED_AFTER } from '@/lib/sync/parked'
import { runCommand } from './run-command'
import { loadEnv } from './stack/load-env'

/**
 * `npm run worker`: runs the scheduled jobs where no platform calls `/api/cron`, by the schedules of
 * vercel.json. One is enough; two do no harm. On SIGTERM it ends what is under way, and ends with 0.
 */
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())

async function run(job: Job): Promise<void> {
  try {
    const result = await runJob(job, () => within(patienceOf(job), WORK[job]))
    log.info({ job, ...result }, 'job ended')
  } catch {
    // It is in the log and in the heartbeat, and the next run comes.
  }
}

async function main(): Promise<void> {
  loadEnv()
  env()
  const { telemetry, appEnv } = env()
  if (telemetry) (await import('@/lib/telemetry/start')).startTelemetry({ telemetry, appEnv })
  log.info('worker started')
  await work({
    now: () => new Date(),
    sleep: (milliseconds) =>
      sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => {}),
    stopped: () => stop.signal.aborted,
    run,
    ages: async () => (await readHealth(PARKED_AFTER))?.jobAges ?? {},
  })
  log.info('worker stopped')
}

await runCommand(main)

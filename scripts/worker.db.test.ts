import { sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { beat, run } from '@/lib/health/health-rows.fixture'
import { startChild } from './stack/children'
import { ROOT, serverScript } from './stack/paths'

shopForFile()

// Starts a process, on machines that are busy with everything else.
it('the worker runs the jobs that are due, records them, and ends by itself on SIGTERM', async () => {
  for (const job of ['drain', 'backfill']) await beat(job, 300)
  const child = startChild({
    command: serverScript('scripts/worker.ts'),
    cwd: ROOT,
    env: process.env,
    output: 'pipe',
  })
  let said = ''
  child.process.stdout?.on('data', (chunk) => {
    said += chunk
  })
  await vi.waitFor(() => expect(said.match(/job ended/g)).toHaveLength(2), {
    timeout: 60_000,
    interval: 50,
  })
  const rows = await run(sql`select job from heartbeats
    where at > clock_timestamp() - interval '2 minutes' and job in ('drain', 'backfill') order by job`)
  expect(rows).toEqual([{ job: 'backfill' }, { job: 'drain' }])
  child.process.kill('SIGTERM')
  expect(await child.exited).toEqual({ code: 0, signal: null })
  expect(said).toContain('worker stopped')
}, 90_000)

import { expect, it, vi } from 'vitest'
import type { Job } from '@/lib/jobs/jobs'
import { type Schedule, work } from './worker'

const SCHEDULE: Schedule = [
  ['drain', '* * * * *'],
  ['backfill', '7 * * * *'],
  ['reconcile', '23 3 * * *'],
]
const FRESH = { drain: 0, backfill: 0, reconcile: 0 }

it('starts each job in its minutes, and at the beginning what was due while it did not run', async () => {
  const { runs } = await workFor({ minutes: 70, ages: { ...FRESH, reconcile: 90_000_000 } })
  const count = (job: Job) => runs.filter((run) => run.startsWith(job)).length
  expect(runs[0]).toBe('reconcile 10:00:20')
  expect([count('drain'), count('backfill'), count('reconcile')]).toEqual([70, 2, 1])
  expect(runs).toContain('backfill 10:07:00')
  expect(runs).toContain('backfill 11:07:00')
})

it('does everything at the beginning where nothing was ever done', async () => {
  const { runs } = await workFor({ minutes: 1, ages: {} })
  expect(runs.slice(0, 3)).toEqual(['drain 10:00:20', 'backfill 10:00:20', 'reconcile 10:00:20'])
})

it('starts no job beside itself, and waits for what is under way when it is asked to stop', async () => {
  let end = () => {}
  const long = new Promise<void>((resolve) => {
    end = resolve
  })
  const asked = vi.fn()
  let over = false
  const working = workFor({ minutes: 5, ages: FRESH, take: () => long, asked }).finally(() => {
    over = true
  })
  await vi.waitFor(() => expect(asked).toHaveBeenCalled())
  expect(over).toBe(false)
  end()
  expect((await working).runs).toEqual(['drain 10:01:00'])
})

async function workFor(given: {
  minutes: number
  ages: Partial<Record<Job, number>>
  take?: () => Promise<void>
  asked?: () => void
}) {
  let now = Date.parse('2026-11-27T10:00:20Z')
  let minutes = 0
  const runs: string[] = []
  await work(
    {
      now: () => new Date(now),
      sleep: async (milliseconds) => {
        now += milliseconds
        minutes += 1
        // What a job started goes on meanwhile.
        await new Promise((resolve) => setImmediate(resolve))
      },
      stopped: () => {
        if (minutes > given.minutes) given.asked?.()
        return minutes > given.minutes
      },
      run: async (job) => {
        runs.push(`${job} ${new Date(now).toISOString().slice(11, 19)}`)
        await given.take?.()
      },
      ages: async () => given.ages,
    },
    SCHEDULE,
  )
  return { runs }
}

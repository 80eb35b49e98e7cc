import { type Check, fail, ok, skip } from '@/lib/doctor/check'
import type { Job } from '@/lib/jobs/jobs'
import { age } from './backlog'

/** Whether each job has ended well, as lately as its schedule says. */
export const crons: Check = {
  id: 'crons',
  title: 'Scheduled jobs',
  group: 'Work',
  after: 'migrations',
  needs: 'places',
  async look({ records, late }) {
    const facts = await records()
    // Safe: the keys are the jobs'.
    const jobs = (Object.keys(late) as Job[]).filter((job) => late[job] !== null)
    if (!facts || jobs.length === 0) return skip('they are scheduled in production alone')
    const behind = jobs.filter((job) => {
      return (facts.jobAges[job] ?? Number.POSITIVE_INFINITY) > (late[job] ?? 0)
    })
    return behind.length === 0
      ? ok(`${jobs.length}, all as lately as they should`)
      : fail(
          behind.map((job) => `${job} ended well ${since(facts.jobAges[job])}`).join('; '),
          'Let a scheduler call /api/cron/… with CRON_SECRET, or run `npm run worker`. `last_error` in heartbeats says why one fails; empty and old means that no scheduler calls it.',
        )
  },
}

function since(milliseconds: number | null | undefined): string {
  return milliseconds == null ? 'never' : `${age(milliseconds)} ago`
}

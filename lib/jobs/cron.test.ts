import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import vercel from '@/vercel.json'
import { cronsOf, type Scheduled } from './cron'
import { lateAfter } from './late-after'

const DRAIN = { path: '/api/cron/drain', schedule: '* * * * *' }
const HOURLY = { path: '/api/cron/backfill', schedule: '7 * * * *' }

describe('what the platform calls is known', () => {
  it.each<[string, Scheduled]>([
    ['as Cron Jobs', { crons: [DRAIN, HOURLY] }],
    ['as Schedules', { schedules: { drain: DRAIN, 'look-for-lost': HOURLY } }],
    ['as one of each, while they move', { crons: [DRAIN], schedules: { backfill: HOURLY } }],
  ])('%s', (_, config) => {
    expect(cronsOf(config)).toEqual([DRAIN, HOURLY])
    expect(lateAfter('drain', cronsOf(config))).toBe(3 * 60_000)
  })

  it('without what has another target, and where nothing is scheduled', () => {
    expect(cronsOf({ schedules: { queue: { schedule: '* * * * *' } } })).toEqual([])
    expect(cronsOf({})).toEqual([])
  })
})

test('as it is shipped, every job has a schedule, and a route that may take as long as the platform’s setting says', () => {
  const jobs = readdirSync('app/api/cron', { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  )
  const paths = cronsOf(vercel).map(({ path }) => path)
  expect(paths.toSorted()).toEqual(jobs.map(({ name }) => `/api/cron/${name}`).toSorted())
  const durations = Object.entries(vercel.functions).map(([path, { maxDuration }]) => [
    path,
    maxDuration,
  ])
  const routes = [...jobs.map(({ name }) => `app/api/cron/${name}`), 'app/api/webhooks/stripe']
  for (const route of routes) {
    const [, seconds] = /maxDuration = (\d+)/.exec(readFileSync(`${route}/route.ts`, 'utf8')) ?? []
    const key = route.replace(/cron\/.*/, 'cron/*')
    expect(durations, route).toContainEqual([`${key}/route.ts`, Number(seconds)])
  }
})

test('the schedules to move to are the crons that are shipped, in the new form', () => {
  const page = readFileSync('docs/how-to/deploy-to-vercel.md', 'utf8')
  const [, block = ''] = /```json\n("schedules": [\s\S]*?)```/.exec(page) ?? []
  expect(cronsOf(JSON.parse(`{${block}}`))).toEqual(cronsOf(vercel))
})

test('a deployment migrates in a step of its own, before it is built', () => {
  expect(vercel.buildCommand).toBe('npm run db:migrate && npm run build')
})

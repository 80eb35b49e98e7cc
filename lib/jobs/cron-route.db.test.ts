import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { heartbeats } from '@/db/schema/events'
import { PATIENCE } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { cronRoute } from './cron-route'

const SECRET = 'for-tests-only-and-long-enough-to-run-crons'
const SAID = ['Bearer undefined', 'Bearer null', 'Bearer ', `Bearer ${SECRET}`, null]
const configured = vi.hoisted(() => ({ secret: true }))

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  return { env: () => ({ ...env(), ...(configured.secret ? {} : { cronSecret: null }) }) }
})

const work = vi.fn(async (): Promise<Record<string, unknown>> => ({ done: 3 }))
const GET = cronRoute('backfill', work)

beforeEach(() => {
  configured.secret = true
  work.mockClear()
})
afterAll(disconnect)

describe('the route of a scheduled job', () => {
  it('lets the scheduler in, answers what the job gives and notes that it ended well', async () => {
    const before = await databaseNow()
    const response = await call(`Bearer ${SECRET}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({ done: 3 })
    const beat = await heartbeat()
    expect(beat).toMatchObject({ lastError: null })
    expect(beat?.at?.getTime()).toBeGreaterThanOrEqual(before.getTime())
  })

  it.each([
    ['nothing', null],
    ['Bearer undefined', 'Bearer undefined'],
    ['Bearer null', 'Bearer null'],
    ['Bearer and nothing', 'Bearer '],
    ['an empty header', ''],
    ['the secret alone', SECRET],
    ['the scheme in another case', `bearer ${SECRET}`],
    ['the secret in another case', `Bearer ${SECRET.toUpperCase()}`],
    ['half of the secret', `Bearer ${SECRET.slice(0, -1)}`],
  ])('does not open to %s, and the job does not begin', async (_, authorization) => {
    const response = await call(authorization)
    expect(response.status).toBe(401)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(work).not.toHaveBeenCalled()
  })

  // breakage: CRON_SECRET is not set | scheduled jobs answer 503 to every caller and none runs; /api/health shows late heartbeats
  it.each(SAID)('opens to no caller (%s) while no secret is configured', async (authorization) => {
    configured.secret = false
    expect((await call(authorization)).status).toBe(503)
    expect(work).not.toHaveBeenCalled()
  })

  // breakage: a scheduled job throws | its answer is 500, its heartbeat keeps the reason and grows old, until /api/health is 503
  it('says that a job failed, notes why, and leaves the last good run as it was', async () => {
    await call(`Bearer ${SECRET}`)
    const good = await heartbeat()
    work.mockRejectedValueOnce(new Error('Stripe did not answer'))
    const response = await call(`Bearer ${SECRET}`)
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({ error: 'failed' })
    const beat = await heartbeat()
    expect(beat?.at).toEqual(good?.at)
    expect(beat?.lastError).toContain('Stripe did not answer')
    await call(`Bearer ${SECRET}`)
    expect(await heartbeat()).toMatchObject({ lastError: null })
  })

  // breakage: a scheduled job does not end | after fifty seconds its answer is 503 and its heartbeat says so; what it did stays done
  it('answers 503 when a job does not end in time or Postgres cannot be reached, and notes which', async () => {
    work.mockRejectedValueOnce(new Unavailable('records_away'))
    const down = await call(`Bearer ${SECRET}`)
    expect([down.status, await down.json()]).toEqual([503, { error: 'unavailable' }])
    expect((await heartbeat())?.lastError).toContain('cannot be reached')

    work.mockReturnValueOnce(new Promise(() => {}))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const late = call(`Bearer ${SECRET}`)
    await vi.advanceTimersByTimeAsync(PATIENCE.job.answer)
    vi.useRealTimers()
    expect((await late).status).toBe(503)
    expect((await heartbeat())?.lastError).toContain('took too long')
  })
})

function call(authorization: string | null): Promise<Response> {
  const headers = authorization === null ? {} : { authorization }
  return GET(new Request('http://localhost:3000/api/cron/backfill', { headers }))
}

async function heartbeat() {
  const [row] = await db().select().from(heartbeats).where(eq(heartbeats.job, 'backfill'))
  return row
}

async function databaseNow(): Promise<Date> {
  const [row] = await db().execute<{ now: string }>('select clock_timestamp()::text as now')
  return new Date(String(row?.now))
}

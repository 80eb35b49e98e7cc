import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { GET } from '@/app/api/metrics/route'
import { disconnect } from '@/db/client'
import { env } from '@/lib/env'
import { beat, entry, run, target } from '@/lib/health/health-rows.fixture'
import { startWire } from '@/tests/harness/faults/wire'
import { answerMetrics } from './answer'

const TOKEN = 'Qn6yJm3vVvqk1dDq8r0u1Zy2w3Hd3Nf5Jb0L'
const given = vi.hoisted(() => ({ token: null as string | null, url: '' }))
vi.mock('@/lib/env', async (original) => {
  const { env, ...rest } = await original<typeof import('@/lib/env')>()
  return {
    ...rest,
    env: () => ({
      ...env(),
      metricsToken: given.token,
      databaseUrl: given.url || env().databaseUrl,
    }),
  }
})
afterEach(async () => {
  given.url = ''
  for (const table of ['sync_targets', 'webhook_events', 'outbox'])
    await run(sql`delete from ${sql.identifier(table)}`)
})
afterAll(disconnect)

describe('the metrics', () => {
  it.each([
    [null, `Bearer ${TOKEN}`, 404],
    [null, 'Bearer null', 404],
    [TOKEN, null, 401],
    [TOKEN, 'Bearer ', 401],
    [TOKEN, `Bearer ${TOKEN}x`, 401],
    [TOKEN, TOKEN, 401],
  ])('with %s set and %j sent answer %i, and say nothing', async (token, sent, status) => {
    given.token = token
    const response = await answerMetrics(sent)
    expect(response.status).toBe(status)
    expect(await response.text()).toMatch(/^\{"error":"\w+"\}$/)
  })

  it('count what waits, and how long', async () => {
    await target({ due: -10 })
    await target({ due: 60, attempts: 12 })
    await entry({ created: -5, due: -5, attempts: 0 })
    await run(sql`insert into webhook_events
        (id, type, livemode, stripe_created_at, received_at, state, payload, payload_sha256, done_at)
      select 'evt_' || n, 'invoice.paid', false, now() - interval '10 s', now() - interval '8 s',
        case n when 1 then 'pending' when 2 then 'dead' else 'done' end, '{}', '', now() - interval '7 s'
      from generate_series(1, 5) n`)
    await beat('drain', 2)
    const text = await metrics()
    const value = (name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])
    expect([
      value('billing_postgres_up'),
      value('billing_inbox_pending'),
      value('billing_inbox_dead'),
    ]).toEqual([1, 1, 1])
    expect([
      value('billing_targets_due'),
      value('billing_targets_parked'),
      value('billing_outbox_pending'),
    ]).toEqual([1, 1, 1])
    expect(value('billing_targets_due_seconds')).toBeCloseTo(600, -2)
    expect(value('billing_outbox_oldest_seconds')).toBeCloseTo(300, -2)
    expect(value('billing_event_delivery_seconds')).toBeCloseTo(2, 0)
    expect(value('billing_event_processing_seconds')).toBeCloseTo(1, 0)
    expect(value('billing_job_age_seconds\\{job="drain"\\}')).toBeCloseTo(120, -2)
  })

  it('are lines that Prometheus reads, without an id or an address', async () => {
    await run(
      sql`insert into outbox (key, kind, payload) values ('mail:cus_Ada', 'mail', '{"to":"ada@example.test"}')`,
    )
    const text = await metrics()
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(
        /^(# (HELP|TYPE) billing_\w+ .+|billing_\w+(\{\w+="\w+"\})? -?[\d.e+-]+)$/,
      )
    expect(text).not.toMatch(/cus_|evt_|@/)
  })

  it('say that Postgres is away while it is, and nothing of what it knows', async () => {
    await disconnect()
    given.url = 'postgres://unknown@127.0.0.1:1/none'
    const text = await metrics()
    expect(text).toContain('billing_postgres_up 0')
    expect(text).not.toContain('billing_inbox')
    await disconnect()
  })

  it('say that Postgres is away while it is silent, and not that we are', async () => {
    await disconnect()
    const url = new URL(env().databaseUrl)
    const wire = await startWire(Number(url.port))
    url.host = `127.0.0.1:${wire.port}`
    given.url = url.href
    given.token = TOKEN
    try {
      expect(await scraped()).toEqual([200, expect.stringContaining('billing_postgres_up 1')])
      wire.hang()
      expect(await scraped()).toEqual([200, expect.stringContaining('billing_postgres_up 0')])
      // So it is on a connection that is only now made.
      await disconnect()
      expect(await scraped()).toEqual([200, expect.stringContaining('billing_postgres_up 0')])
    } finally {
      await wire.close()
      await disconnect()
    }
  })

  it('are all explained, and no alert asks for one that there is not', async () => {
    await run(sql`insert into audit_anchors (day, root, scopes) values (current_date - 1, 'r', 0)`)
    await run(sql`insert into reconcile_cursors (name, last_run_at) values ('events', now())`)
    await target({ due: -10 })
    await entry({ created: -5, due: -5, attempts: 0 })
    await run(sql`insert into webhook_events (id, type, livemode, stripe_created_at, state, payload, payload_sha256, done_at)
      values ('evt_1', 'invoice.paid', false, now(), 'pending', '{}', '', now())`)
    const named = [...(await metrics()).matchAll(/^# HELP (\w+)/gm)].map(([, name]) => name)
    const page = readFileSync('docs/operate/alerts.md', 'utf8')
    const explained = [...page.matchAll(/^\| `(billing_\w+)/gm)].map(([, name]) => name)
    const late = 'billing_job_late_after_seconds'
    expect(explained.toSorted()).toEqual([...named, late].toSorted())
    const asked = [...page.matchAll(/billing_\w+/g)].map(([name]) => name)
    expect(asked.filter((name) => !explained.includes(name))).toEqual([])
    const alerts = [...page.matchAll(/- alert: (\w+)/g)].map(([, name]) => name)
    const done = [...page.matchAll(/^\| (Billing\w+) +\| \S/gm)].map(([, name]) => name)
    expect(done).toEqual(alerts)
  })
})

/** What a Prometheus reads of the route. */
async function scraped(): Promise<[status: number, text: string]> {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const response = await GET(new Request('https://app.example.com/api/metrics', { headers }))
  return [response.status, await response.text()]
}

async function metrics(): Promise<string> {
  given.token = TOKEN
  const response = await answerMetrics(`Bearer ${TOKEN}`)
  expect(response.headers.get('content-type')).toContain('version=0.0.4')
  return response.text()
}

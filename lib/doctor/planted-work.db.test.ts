import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { anchorAudit } from '@/lib/audit/anchor'
import { writeChain } from '@/lib/audit/chains.fixture'
import type { Given } from '@/lib/env-given'
import { ago, beat, entry, run, target } from '@/lib/health/health-rows.fixture'
import { serveSmtp } from '@/lib/mail/smtp-server.fixture'
import { type Clinic, IN_PRODUCTION, openClinic, serve } from './clinic.fixture'

const chart = vi.hoisted(() => ({ env: null as import('@/lib/env').Env | null }))
vi.mock('@/lib/env', async (original) => ({
  ...(await original<typeof import('@/lib/env')>()),
  env: () => chart.env,
}))

let clinic: Clinic
const undo: (() => unknown)[] = []

beforeAll(async () => {
  clinic = await openClinic(chart)
})
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})
afterAll(() => clinic.close())

describe('of the work', () => {
  const clear = (table: string) => () => run(sql`delete from ${sql.identifier(table)}`)

  it.each<[string, string, () => Promise<unknown>]>([
    ['targets_due', 'sync_targets', () => target({ due: -3_000 })],
    ['targets_parked', 'sync_targets', () => target({ due: 60, attempts: 12 })],
    ['outbox', 'outbox', () => entry({ created: -3_000, due: 10, attempts: 3 })],
    [
      'revenue',
      'revenue_left_out',
      () =>
        run(sql`insert into revenue_left_out (customer_id, news, error, left_at)
          values ('cus_1', '{}', 'x', now() - interval '3 days')`),
    ],
    [
      'revenue',
      'revenue_left_out',
      () =>
        run(sql`insert into revenue_left_out (customer_id, source, error)
          values ('cus_1', 'evt_1', 'its body is no JSON')`),
    ],
    [
      'uses',
      'outbox',
      () =>
        run(
          sql`insert into outbox (key, kind, payload) values ('meter_event:1', 'lapsed_use', '{}')`,
        ),
    ],
    [
      'events_dead',
      'webhook_events',
      () =>
        run(sql`insert into webhook_events
      (id, type, livemode, stripe_created_at, state, payload_sha256)
      values ('evt_1', 'invoice.paid', false, now(), 'dead', '')`),
    ],
  ])('%s is found', async (id, table, plant) => {
    await plant()
    undo.push(clear(table))
    expect(await look(id)).toMatchObject({ status: 'fail' })
  })

  it('a customer with a plan who is not at Stripe is found', async () => {
    await run(
      sql`insert into customers (id, livemode, missing_at) values ('cus_gone', false, now())`,
    )
    await clinic.asOwner(
      async (own) => own`insert into subscriptions ${own(await aSubscription(own))}`,
    )
    undo.push(clear('customers'), clear('subscriptions'))
    expect(await look('customers')).toMatchObject({ status: 'fail' })
  })

  it('a scheduler that no longer calls is found in production, with the job that is late', async () => {
    await beat('drain', 30)
    undo.push(() => beat('drain', 0))
    const found = await look('crons', IN_PRODUCTION)
    expect(found).toMatchObject({ status: 'fail', detail: 'drain ended well 30 min ago' })
  })

  it('a look for lost events that stands still is found in production', async () => {
    await run(sql`insert into reconcile_cursors (name, last_run_at) values ('events', ${ago(300)})`)
    undo.push(clear('reconcile_cursors'))
    expect(await look('cursor', IN_PRODUCTION)).toMatchObject({ status: 'fail' })
  })

  it('an anchored day that was changed is found', async () => {
    await writeChain('cus_doctor', [-2, -1])
    await anchorAudit()
    expect(await look('audit_chain')).toMatchObject({ status: 'ok' })
    await clinic.asOwner((own) =>
      own.unsafe(`alter table audit_anchors disable trigger user;
      update audit_anchors set root = 'forged' where day = (select max(day) from audit_anchors);
      alter table audit_anchors enable trigger user`),
    )
    expect(await look('audit_chain')).toMatchObject({ status: 'fail' })
  })
})

it('a console that no one may open is found in production', async () => {
  const given = { ...IN_PRODUCTION, ADMIN_EMAILS: 'ada@example.com' }
  expect(await look('first_operator', given)).toMatchObject({
    ...{ status: 'warn', detail: 'no one may open the console' },
    fix: 'Sign in with an address of ADMIN_EMAILS.',
  })
})

it.each([
  ['account', 'account', { charges_enabled: false }, 'none in live mode'],
  ['tax', 'tax/settings', { status: 'active', status_details: {} }, 'does not ask for it'],
])(
  'of what an account is set up with, a fault of %s is found by asking Stripe',
  async (id, path, settings, says) => {
    const { url: STRIPE_API_BASE, close } = await serve((request, response) => {
      const asked = request.url?.startsWith(`/v1/${path}`)
      response.end(JSON.stringify(asked ? settings : { object: 'list', data: [], has_more: false }))
    })
    undo.push(close)
    expect(await look(id, { STRIPE_API_BASE })).toMatchObject({
      ...{ status: 'warn', detail: expect.stringContaining(says) },
      fix: expect.stringMatching(/./),
    })
  },
)

describe('of the mail server', () => {
  it.each([
    ['that is not there', async () => 'smtp://127.0.0.1:1'],
    ['that refuses the password', () => smtp(/^AUTH/, '535 wrong password for ada@example.com')],
    ['that refuses the sender', () => smtp(/^MAIL/, '550 not a sender here')],
  ])('one %s is found, and no address is repeated', async (_, server) => {
    const given = { EMAIL_SERVER: await server(), EMAIL_FROM: 'billing@example.com' }
    const found = await look('mail', given)
    expect(found).toMatchObject({ status: 'fail' })
    expect(JSON.stringify(found)).not.toMatch(/ada@|billing@|hunter2/)
  })

  it('one that would take a message is fine', async () => {
    const given = { EMAIL_SERVER: await smtp(/never/, ''), EMAIL_FROM: 'billing@example.com' }
    expect(await look('mail', given)).toMatchObject({ status: 'ok' })
  })

  it('none in production, where customers get emails, is a warning', async () => {
    expect(await look('mail', IN_PRODUCTION)).toMatchObject({ status: 'warn' })
  })
})

async function smtp(command: RegExp, answer: string): Promise<string> {
  const { url, close } = await serveSmtp((line) => (command.test(line) ? answer : null))
  undo.push(close)
  return url
}

async function look(id: string, given: Given = {}) {
  const [found] = await clinic.diagnose(given, [id])
  return found
}

// Whatever columns a subscription must have: the test is about none of them.
async function aSubscription(own: postgres.Sql): Promise<Record<string, unknown>> {
  const needed =
    await own`select column_name as name, data_type as type from information_schema.columns
    where table_name = 'subscriptions' and is_nullable = 'NO' and column_default is null`
  const values: Record<string, unknown> = { boolean: false, text: 'sub_gone', ARRAY: [], jsonb: {} }
  const row = needed.map(({ name, type }) => [
    name,
    values[type] ?? (type.startsWith('time') ? new Date() : 1),
  ])
  return { ...Object.fromEntries(row), customer_id: 'cus_gone' }
}

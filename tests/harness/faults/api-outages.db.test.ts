import { NextRequest } from 'next/server'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as status } from '@/app/api/billing/status/route'
import { GET as drain } from '@/app/api/cron/drain/route'
import { POST as webhook } from '@/app/api/webhooks/stripe/route'
import { disconnect } from '@/db/client'
import { makeApiKey } from '@/lib/api-keys/secret'
import { env } from '@/lib/env'
import { attempt, paidEvent } from '@/lib/webhooks/behind-wire.fixture'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { startWire, type Wire } from './wire'

const place = vi.hoisted(() => ({ url: '', given: '' }))
vi.mock(import('@/lib/env'), async (original) => {
  const { env } = await original()
  place.given = env().databaseUrl
  return { env: () => ({ ...env(), databaseUrl: place.url || place.given }) }
})
vi.mock('next/server', async (original) => ({
  ...(await original<typeof import('next/server')>()),
  after: () => {},
}))
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ get: () => ({ value: 'a-session' }), set: () => {} }),
}))

let wire: Wire
const direct = postgres(env().databaseUrl, { max: 1, onnotice: () => {} })

beforeAll(async () => {
  const { port, hostname } = new URL(place.given)
  wire = await startWire(Number(port), hostname)
})
afterEach(async () => {
  await disconnect()
  wire.mend()
  place.url = ''
})
afterAll(() => Promise.all([wire.close(), direct.end()]))

const elsewhere = (changed: Partial<Pick<URL, 'port' | 'password' | 'pathname'>>) => {
  place.url = Object.assign(new URL(place.given), changed).href
}

/** Whatever is asked of these tables is answered with an error. */
async function answerWith(code: string): Promise<void> {
  await direct.unsafe(`create or replace function fail() returns boolean language plpgsql as $$
    begin raise exception 'no' using errcode = '${code}'; end $$`)
  for (const table of ['sessions', 'sync_targets', 'api_keys']) {
    await direct.unsafe(`alter table ${table} rename to ${table}_kept; create view ${table} as
      select t.* from (select fail() as failing) f left join ${table}_kept t on f.failing`)
  }
}

const AS_BEFORE = `drop view sessions; drop view sync_targets; drop view api_keys;
  alter table sessions_kept rename to sessions; alter table sync_targets_kept rename to sync_targets;
  alter table api_keys_kept rename to api_keys`

// A full disk, a server that only reads, and what `db/client.db.test.ts` does not have; then more of the same classes.
const CODES = ['53100', '58030', '42501', '25006', '53200', '53300', '57014', '57P03', 'XX000']

/** Each way in which a database can be to blame, and how it is made good again. */
const OUTAGES: [name: string, begin: () => unknown, end?: string][] = [
  ['is not there', () => elsewhere({ port: '1' })],
  ['hangs up', () => [elsewhere({ port: `${wire.port}` }), wire.cut()]],
  ['says nothing', () => [elsewhere({ port: `${wire.port}` }), wire.hang()]],
  ['has another password', () => elsewhere({ password: 'another' })],
  ['does not have our database', () => elsewhere({ pathname: '/none' })],
  [
    'was never migrated',
    () => direct.unsafe('alter schema public rename to hidden'),
    'alter schema hidden rename to public',
  ],
  ...(WITHOUT_SOAKS ? CODES.slice(0, 4) : CODES).map((code): (typeof OUTAGES)[number] => [
    `answers ${code}`,
    () => answerWith(code),
    AS_BEFORE,
  ]),
]

describe.each(OUTAGES)('while Postgres %s', (_, begin, end) => {
  // breakage: Postgres is down, silent, full, locked, read-only or not migrated | every API route answers 503 in JSON within seconds
  it('every API route says so in JSON, with 503, within seconds', async () => {
    await begin()
    const began = performance.now()
    const request = (path: string, headers = {}) =>
      new NextRequest(`http://localhost:3000${path}`, { headers })
    const secret = { authorization: `Bearer ${env().cronSecret}` }
    const session = { cookie: 'authjs.session-token=a-session' }
    const answers = await Promise.all([
      status(request('/api/billing/status', session)),
      status(request('/api/billing/status', { authorization: `Bearer ${makeApiKey('test')}` })),
      auth(request('/api/auth/session', session)),
      drain(request('/api/cron/drain', secret)),
      webhook(attempt(paidEvent('cus_unknown'))),
    ])
    const took = performance.now() - began
    if (end) await direct.unsafe(end)
    const said = answers.map(async (answer) => [answer.status, await answer.json()])
    expect(await Promise.all(said)).toEqual(
      Array.from({ length: 5 }, () => [503, { error: 'unavailable' }]),
    )
    // A job waits for ten seconds, and then notes why it failed.
    expect(took).toBeLessThan(16_000)
  }, 30_000)
})

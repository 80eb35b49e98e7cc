import { expect } from '@playwright/test'
import type postgres from 'postgres'
import { test } from './fixtures'
import { GREAT } from './pages/plans'
import { answerTo, type Case } from './stack/answer-to'
import { keyOf, makeKey, signedInPerson } from './stack/callers'
import { fieldsOf, formData } from './stack/posted-form'

type Headers = Record<string, string>

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const AGO = new Date(Date.now() - 1_000)

/** Ana has nothing, Ben the greatest plan; each has a session and a key, and Ben some that have ended. */
async function people(sql: postgres.Sql) {
  const [ana, ben] = [await signedInPerson(sql, null), await signedInPerson(sql, GREAT.tier)]
  const [anasKey, bensKey] = [await keyOf(sql, ana.id), await keyOf(sql, ben.id)]
  const revoked = await keyOf(sql, ben.id, { revokedAt: AGO })
  const expired = await keyOf(sql, ben.id, { expiresAt: AGO })
  return { ana, ben, anasKey, bensKey, revoked, expired }
}
type People = Awaited<ReturnType<typeof people>>

// Callers whom no route names: each of them is refused as one who is not signed in.
function unknownCallers({ ben, bensKey, revoked, expired }: People): Record<string, Headers> {
  return {
    'no credentials': {},
    'a session that was made up': { cookie: 'authjs.session-token=admin' },
    'a revoked key': { authorization: revoked.bearer },
    'an expired key': { authorization: expired.bearer },
    'a key that was never made': { authorization: `Bearer ${makeKey('test')}` },
    'a key of the other mode': { authorization: `Bearer ${makeKey('live')}` },
    'a key with a typo': { authorization: `${bensKey.bearer}x` },
    'a key in a cookie': { cookie: `authjs.session-token=${bensKey.key}` },
    'a wrong key beside a session': { authorization: 'Bearer x', cookie: ben.cookie },
    'a password': { authorization: `Basic ${Buffer.from(`${bensKey.key}:`).toString('base64')}` },
  }
}

function apiCases(all: People): Case[] {
  const { ana, ben, anasKey, bensKey } = all
  const sessions = {
    'Ana’s session': { cookie: ana.cookie },
    'Ben’s session': { cookie: ben.cookie },
  }
  const keys = {
    'Ana’s key': { authorization: anasKey.bearer },
    'Ben’s key': { authorization: bensKey.bearer },
  }
  const callers: Record<string, Headers> = { ...unknownCallers(all), ...sessions, ...keys }
  // Ana's plan has no API access: her key is known, and may nothing.
  const answers = (session: string, read: string): Record<string, string> => ({
    'Ana’s session': session,
    'Ben’s session': session,
    'Ana’s key': '403',
    'Ben’s key': read,
  })
  const routes: [path: string, of: Partial<Record<string, Record<string, string>>>][] = [
    ['/api/billing/status', { GET: answers('200', '200'), HEAD: answers('200', '200') }],
    [
      '/api/v1/reports',
      { GET: answers('401', '200'), HEAD: answers('401', '200'), POST: answers('401', '201') },
    ],
  ]
  return routes.flatMap(([path, of]) =>
    Object.entries(callers).flatMap(([who, headers]) =>
      METHODS.map((method) => ({
        what: `${who}: ${method} ${path}`,
        path,
        init: requestOf(method, headers),
        expected: method === 'OPTIONS' ? '204' : of[method] ? (of[method][who] ?? '401') : '405',
      })),
    ),
  )
}

function requestOf(method: string, headers: Headers): RequestInit {
  if (method !== 'POST') return { method, headers }
  const json = { 'content-type': 'application/json', 'idempotency-key': 'matrix' }
  return { method, headers: { ...headers, ...json }, body: '{"title":"By a program"}' }
}

/** The pages that open to a person's session only, and to no key. */
function pageCases(all: People): Case[] {
  const paths = [
    ...['/settings/billing', '/settings/billing/plans', '/settings/api-keys'],
    ...['/settings/sign-in-methods', '/reports', '/reports/analytics'],
    ...['invoices', 'details', 'usage', 'activity'].map((page) => `/settings/billing/${page}`),
    ...['/settings/account', '/settings/account/delete'],
    ...['/checkout/return?session_id=cs_test_1', '/checkout/return?session_id=../../etc'],
  ]
  const callers: Record<string, Headers> = {
    ...unknownCallers(all),
    'Ben’s key': { authorization: all.bensKey.bearer },
  }
  const others = Object.entries(callers)
  return paths.flatMap((path) => [
    ...others
      .filter(([, headers]) => headers.cookie !== all.ben.cookie)
      .map(([who, headers]) => ({
        ...{ what: `${who}: GET ${path}`, path, init: { headers } },
        expected: '307 /sign-in',
      })),
    {
      what: `Ana: GET ${path}`,
      path,
      init: { headers: { cookie: all.ana.cookie } },
      expected: '200',
    },
  ])
}

/** What neither a session nor a key of a customer opens. */
function closedCases({ ben, bensKey }: People): Case[] {
  const callers: Record<string, Headers> = {
    'no credentials': {},
    'Ben’s session': { cookie: ben.cookie },
    'Ben’s key': { authorization: bensKey.bearer },
  }
  return Object.entries(callers).flatMap(([who, headers]) => [
    ...['anchor', 'backfill', 'drain', 'prune', 'reconcile'].map((job) => ({
      ...{ what: `${who}: GET cron ${job}`, path: `/api/cron/${job}`, init: { headers } },
      expected: '401',
    })),
    ...(['GET', 'PUT', 'DELETE', 'POST'] as const).map((method) => ({
      ...{ what: `${who}: ${method} webhook`, path: '/api/webhooks/stripe' },
      init: { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) },
      expected: method === 'POST' ? '400' : '405',
    })),
  ])
}

/** Ben's own forms, sent by others, from elsewhere, and with ids that are not theirs. */
async function formCases({ ana, ben, bensKey }: People, base: string): Promise<Case[]> {
  const get = async (path: string) =>
    (await fetch(`${base}${path}`, { headers: { cookie: ben.cookie } })).text()
  const revoke = fieldsOf(await get(`/settings/api-keys?revoke=${bensKey.id}`), bensKey.id)
  const create = {
    ...fieldsOf(await get('/settings/api-keys'), 'Create key'),
    name: 'x',
    days: '30',
  }
  const report = { ...fieldsOf(await get('/reports'), 'Make report'), title: 'From elsewhere' }
  const forms: [path: string, fields: Record<string, string>][] = [
    ['/settings/api-keys', revoke],
    ['/settings/api-keys', create],
    ['/reports', report],
  ]
  const send = (who: string, headers: Headers, expected: string) =>
    forms.map(([path, fields], n) => ({
      ...{ what: `${who}: form ${n} of ${path}`, path, expected },
      init: { method: 'POST', headers, body: formData(fields) },
    }))
  const foreign = (id: string): Case => ({
    ...{ what: `Ana revokes ${id}`, path: '/settings/api-keys' },
    init: {
      method: 'POST',
      headers: { cookie: ana.cookie, origin: base },
      body: formData({ ...revoke, key: id }),
    },
    expected: '303 /settings/api-keys?error=not_found',
  })
  const own = '303 /settings/api-keys?error=payment_required'
  return [
    ...send('no credentials', { origin: base }, '303 /sign-in?error=unauthenticated'),
    ...send(
      'made-up session',
      { origin: base, cookie: 'authjs.session-token=x' },
      '303 /sign-in?error=unauthenticated',
    ),
    ...send(
      'Ben’s key',
      { origin: base, authorization: bensKey.bearer },
      '303 /sign-in?error=unauthenticated',
    ),
    ...send('Ben from another site', { origin: 'https://evil.example', cookie: ben.cookie }, '500'),
    ...send('Ben from nowhere', { origin: 'null', cookie: ben.cookie }, '500'),
    ...send('Ben without an origin', { cookie: ben.cookie }, '303 … ?error=origin'),
    ...[bensKey.id, '00000000-0000-4000-8000-000000000000', '', "' or 1=1 --", '*'].map(foreign),
    {
      ...{ what: 'Ana, who has no plan, creates a key', path: '/settings/api-keys', expected: own },
      init: {
        method: 'POST',
        headers: { cookie: ana.cookie, origin: base },
        body: formData(create),
      },
    },
  ]
}

test('every request of every caller to every route and form is answered as its row says', async ({
  baseURL,
  sql,
}) => {
  test.setTimeout(180_000)
  const base = baseURL ?? ''
  const all = await people(sql)
  const cases = [
    ...apiCases(all),
    ...pageCases(all),
    ...closedCases(all),
    ...(await formCases(all, base)),
  ]
  expect(cases.length).toBeGreaterThanOrEqual(200)
  const wrong: string[] = []
  for (const each of cases) {
    const said = await answerTo(base, each)
    const expected = each.expected.replace('…', each.path).replace(' ?', '?')
    if (said !== expected) wrong.push(`${each.what}: ${said}, and not ${expected}`)
  }
  expect(wrong).toEqual([])

  // And nothing came of what was refused.
  const [{ living } = {}] = await sql`select count(*)::int as living from api_keys
    where workspace_id = ${all.ben.id} and revoked_at is null and expires_at is null`
  expect(living).toBe(1)
  const made = await sql`select title, workspace_id from reports
    where workspace_id in ${sql([all.ana.id, all.ben.id])}`
  expect(made).toEqual([{ title: 'By a program', workspace_id: all.ben.id }])
  expect(await sql`select 1 from api_keys where workspace_id = ${all.ana.id}`).toHaveLength(1)
})

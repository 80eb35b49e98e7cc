import { expect } from '@playwright/test'
import type postgres from 'postgres'
import { test } from './fixtures'
import { GREAT, SMALL } from './pages/plans'
import { subscriber } from './pages/signed-in'
import { answerTo, type Case } from './stack/answer-to'
import { keyOf, signedInPerson } from './stack/callers'
import { fieldsOf, formData } from './stack/posted-form'
import { variable } from './stack/variable'

const CONFIRM = `/settings/billing/plans/confirm?tier=${GREAT.tier}&interval=month`
// Where someone without a plan can get one.
const TO_PLANS = '303 /settings/billing/plans?error=not_found'
const ASKED_TO_SIGN_IN = '303 /sign-in?error=unauthenticated'

// Each form that acts on a subscription or leads to a payment, by its page and words of its own; and what it says to
// someone who has no plan and sends it as theirs.
const FORMS: [path: string, words: string, toAna: string][] = [
  ['/settings/billing', 'Manage at Stripe', TO_PLANS],
  ['/settings/billing', 'Change card', TO_PLANS],
  ['/settings/billing/cancel', 'id="cancel"', TO_PLANS],
  ['/settings/billing/cancel', 'Pause plan', TO_PLANS],
  [CONFIRM, 'name="offer"', '303 /settings/billing/plans/confirm?error=conflict'],
]
const BUYS = [['/settings/billing', 'name="pack"']] as const

/** What a subscriber has: their plan, and how much was ever done about their customer. */
async function standing(sql: postgres.Sql, email: string) {
  return sql`select s.id, s.status, s.tier, s.cancel_at, s.collection_paused,
      (select count(*)::int from audit_log a where a.scope = c.id) as deeds
    from users u join memberships m on m.user_id = u.id join customers c on c.workspace_id = m.workspace_id
      join subscriptions s on s.customer_id = c.id where u.email = ${email}`
}

test('every form of a subscriber’s billing is refused to everyone else, and does nothing', async ({
  page,
  baseURL,
  sql,
}) => {
  const base = baseURL ?? ''
  test.setTimeout(120_000)
  const email = await subscriber(page, SMALL, sql)
  const cookies = await page.context().cookies(base)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const ana = await signedInPerson(sql, null)
  const ben = await signedInPerson(sql, GREAT.tier)
  const bensKey = await keyOf(sql, ben.id)
  const others: [who: string, headers: Record<string, string>, expected: string][] = [
    ['no one', { origin: base }, ASKED_TO_SIGN_IN],
    ['a made-up session', { origin: base, cookie: 'authjs.session-token=x' }, ASKED_TO_SIGN_IN],
    ['Ben’s key', { origin: base, authorization: bensKey.bearer }, ASKED_TO_SIGN_IN],
    ['the subscriber from another site', { origin: 'https://evil.example', cookie }, '500'],
    ['the subscriber from nowhere', { origin: 'null', cookie }, '500'],
    ['the subscriber without an origin', { cookie }, '303 … ?error=origin'],
  ]
  const cases: Case[] = []
  for (const [path, words, toAna] of [...FORMS, ...BUYS]) {
    const html = await (await fetch(`${base}${path}`, { headers: { cookie } })).text()
    // What a list or a box of the form would add.
    const form = { ...fieldsOf(html, words), months: '1', agree: 'yes' }
    const sent: typeof others = toAna
      ? [...others, ['Ana', { origin: base, cookie: ana.cookie }, toAna]]
      : others
    for (const [who, headers, expected] of sent)
      cases.push({
        ...{ what: `${who}: ${words} of ${path}`, path, expected },
        init: { method: 'POST', headers, body: formData(form) },
      })
  }
  const before = await standing(sql, email)
  expect(before).toMatchObject([{ status: 'active', tier: SMALL.tier, cancel_at: null }])
  expect(await wrongOf(base, cases)).toEqual([])
  expect(await standing(sql, email)).toEqual(before)
})

test('the metrics are no one’s but their monitor’s, by any method', async ({ baseURL, sql }) => {
  const base = baseURL ?? ''
  const ben = await signedInPerson(sql, GREAT.tier)
  const { bearer } = await keyOf(sql, ben.id)
  const callers: [who: string, headers: Record<string, string>][] = [
    ['no one', {}],
    ['a session', { cookie: ben.cookie }],
    ['an API key', { authorization: bearer }],
    ['the cron’s secret', { authorization: `Bearer ${variable('CRON_SECRET')}` }],
    ['an empty token', { authorization: 'Bearer ' }],
  ]
  const cases = callers.flatMap(([who, headers]) =>
    ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({
      ...{ what: `${who}: ${method}`, path: '/api/metrics', init: { method, headers } },
      // This run has no monitor, and a place without one has no such page.
      expected: method === 'GET' || method === 'HEAD' ? '404' : '405',
    })),
  )
  expect(await wrongOf(base, cases)).toEqual([])
})

async function wrongOf(base: string, cases: readonly Case[]): Promise<string[]> {
  const wrong: string[] = []
  for (const each of cases) {
    const said = await answerTo(base, each)
    const { pathname } = new URL(each.path, base)
    const expected = each.expected.replace('…', pathname).replace(' ?', '?')
    if (said !== expected) wrong.push(`${each.what}: ${said}, and not ${expected}`)
  }
  return wrong
}

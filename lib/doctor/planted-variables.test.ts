import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { GOOD, PRODUCTION } from '@/lib/env.fixture'
import type { Given } from '@/lib/env-given'
import type { Finding, Verdict } from './check'
import { CHECKS } from './checks'
import { examine } from './examine'
import { readWords } from './read-words'
import { report } from './report'
import { judgeAccount } from './stripe/account'
import { judgeTax } from './stripe/tax'

const SET_UP = {
  ...PRODUCTION,
  AUTH_GITHUB_ID: 'Iv1.1',
  AUTH_GITHUB_SECRET: 'shh',
  CRON_SECRET: 'k3W9x1Vb7Zq5Mn8Pc2Lf6Jt4Rh0Yd5Gs1UeOa',
  TRUSTED_PROXIES: '1',
  ADMIN_EMAILS: 'ada@example.com',
}
const NEVER = 'v24.1.0'

type Fault = [id: string, status: Verdict['status'], given: Given, says: string]

describe('what is wrong with the variables is found, and what to do is said', () => {
  it.each<Fault>([
    ['app_url', 'fail', { APP_URL: 'http://app.example.com' }, 'must start with https://'],
    ['app_url', 'fail', { APP_URL: 'https://app.example.com/x' }, 'scheme, host and port alone'],
    ['app_url', 'warn', { APP_URL: 'https://localhost:3000' }, 'names this machine'],
    [
      'auth_secret',
      'fail',
      { AUTH_SECRET: 'this-is-a-very-secret-value-of-the-app' },
      'made of words',
    ],
    ['auth_secret', 'fail', { AUTH_SECRET: 'short' }, 'does not look right'],
    ['auth_secret', 'fail', { AUTH_SECRET: '' }, 'set but empty'],
    ['cron_secret', 'fail', { CRON_SECRET: undefined }, 'no scheduled job may run'],
    ['cron_secret', 'fail', { CRON_SECRET: 'ab'.repeat(16) }, 'can be guessed'],
    ['cron_secret', 'fail', { CRON_SECRET: PRODUCTION.AUTH_SECRET }, 'are the same'],
    ['sign_in', 'fail', { AUTH_GITHUB_SECRET: undefined }, 'set both or neither'],
    [
      'sign_in',
      'fail',
      { AUTH_GITHUB_ID: undefined, AUTH_GITHUB_SECRET: undefined },
      'no user can sign in',
    ],
    ['admin_emails', 'warn', { ADMIN_EMAILS: undefined }, 'no operator hears of disputes'],
    ['admin_emails', 'fail', { ADMIN_EMAILS: 'ada' }, 'must be addresses'],
    ['proxies', 'warn', { TRUSTED_PROXIES: undefined }, 'share one limit'],
    ['proxies', 'fail', { VERCEL: '1', VERCEL_ENV: 'production' }, 'is set on Vercel'],
    ['key_mode', 'fail', { APP_ENV: 'preview' }, 'live keys belong to production'],
    [
      'key_mode',
      'fail',
      { STRIPE_API_BASE: 'http://127.0.0.1:1' },
      'must never leave for another host',
    ],
    [
      'key_mode',
      'warn',
      { STRIPE_SECRET_KEY: GOOD.STRIPE_SECRET_KEY },
      'test cards buy real plans',
    ],
    [
      'publishable_key',
      'fail',
      { NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY: 'pk_test_51x' },
      'differ in mode',
    ],
    [
      'publishable_key',
      'fail',
      { STRIPE_PUBLISHABLE_KEY: 'pk_test_51x' },
      'STRIPE_PUBLISHABLE_KEY and',
    ],
    [
      'webhook_secret',
      'fail',
      { STRIPE_WEBHOOK_SECRET: `whsec_${'a'.repeat(32)}` },
      'can be guessed',
    ],
    ['webhook_secret', 'fail', { STRIPE_WEBHOOK_SECRET: undefined }, 'is missing'],
    ['mail_variables', 'fail', { EMAIL_SERVER: 'smtps://smtp.example.com' }, 'EMAIL_FROM is not'],
    ['mail_variables', 'fail', { EMAIL_SERVER: 'smtp://smtp.example.com:587' }, 'plain smtp://'],
    ['tls', 'fail', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'could pass for Stripe'],
    ['tls', 'warn', { ...GOOD, NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'not checked'],
    ['variable_names', 'warn', { KV_REST_API_URL: 'https://other.upstash.io' }, 'differ, and only'],
    ['variables', 'fail', { DATABASE_URL: undefined }, 'DATABASE_URL is missing'],
    ['variables', 'fail', { DATABASE_URL: 'postgres://a:b@db.example.com/l' }, 'without TLS'],
    ['variables', 'fail', { STRIPE_PRICE_GOLD: 'price_1' }, 'no plan of the catalog'],
  ])('%s is %s with %j', async (id, status, given, says) => {
    const found = one(await look({ ...SET_UP, ...given }), id)
    expect(found).toMatchObject({ id, status, detail: expect.stringContaining(says) })
    expect(found?.fix).toBeTruthy()
  })

  it.each(['v18.20.4', 'v20.8.1'])('an old Node, %s, is reported', async (version) => {
    expect(one(await look(SET_UP, version), 'node')).toMatchObject({ status: 'fail' })
  })

  it.each([
    ['production', SET_UP],
    ['development', GOOD],
  ])('nothing is found in a good %s', async (_, given) => {
    const bad = (
      await look({ ...given, AUTH_GITHUB_ID: 'Iv1.1', AUTH_GITHUB_SECRET: 'shh' })
    ).filter(({ status }) => status === 'fail' || status === 'warn')
    expect(bad).toEqual([])
  })
})

test('every problem that stops a start is found by exactly one check', async () => {
  const given = { APP_ENV: 'production', AUTH_SECRET: 'x', STRIPE_PRICE_X: '', CRON_SECRET: 'ab' }
  const { words } = readWords(given, NEVER)
  const said = (await look(given)).map(({ detail }) => detail).join('\n')
  expect(words.problems.length).toBeGreaterThan(5)
  for (const problem of words.problems) expect(said.split(problem), problem).toHaveLength(2)
})

test('where no server would start, nothing is reached, and that is said', async () => {
  const found = await look({ ...SET_UP, AUTH_SECRET: 'short' })
  const reached = found.filter(({ group }) => group !== 'Variables')
  expect(reached.length).toBeGreaterThan(25)
  expect(new Set(reached.map(({ status }) => status))).toEqual(new Set(['skip']))
})

describe('of an account that no sandbox can play', () => {
  it('one that may take no payments fails in live mode, and gets a warning in test mode', () => {
    expect(judgeAccount(false, true).status).toBe('fail')
    expect(judgeAccount(false, false).status).toBe('warn')
    expect(judgeAccount(true, true).status).toBe('ok')
  })

  it('one that is set up for taxes, which Checkout here never asks for, gets a warning', () => {
    expect(judgeTax({ active: true, missing: [] })).toMatchObject({ status: 'warn' })
    expect(judgeTax({ active: false, missing: ['head_office'] }).status).toBe('ok')
    expect(judgeTax(null).status).toBe('skip')
  })
})

describe('the checks', () => {
  it('are at least twenty-five, each with a name of its own, and come after what stands before them', () => {
    const ids = CHECKS.map(({ id }) => id)
    expect(ids.length).toBeGreaterThanOrEqual(25)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [n, { after }] of CHECKS.entries())
      if (after) expect(ids.slice(0, n)).toContain(after)
  })

  it('are each planted with a fault that they find', () => {
    const tests = readdirSync('lib/doctor').filter((file) => /^planted-.*\.test\.ts$/.test(file))
    const planted = tests.map((file) => readFileSync(`lib/doctor/${file}`, 'utf8')).join('\n')
    const without = CHECKS.filter(({ id }) => !planted.includes(`'${id}'`)).map(({ id }) => id)
    expect(without).toEqual([])
    expect(CHECKS.length).toBeGreaterThanOrEqual(50)
  })

  it('are all listed in docs/reference/doctor.md, in their order', () => {
    const page = readFileSync('docs/reference/doctor.md', 'utf8')
    const listed = [...page.matchAll(/^\| `(\w+)` +\| \w+/gm)].map(([, id]) => id)
    expect(listed).toEqual(CHECKS.map(({ id }) => id))
  })

  it('are printed a line each, aligned, with what to do under what is wrong', async () => {
    const findings = await look({ ...SET_UP, ADMIN_EMAILS: undefined, TRUSTED_PROXIES: 'yes' })
    const lines = report(findings, false).split('\n')
    const checks = lines.filter((line) => /^ {2}[✓!✗·] /.test(line))
    expect(checks).toHaveLength(findings.filter(({ group }) => group === 'Variables').length + 5)
    const ofPostgres = findings.filter(({ group }) => group === 'Postgres').length
    expect(lines[lines.indexOf('Postgres') + 1]).toContain(`all ${ofPostgres} `)
    const fixes = findings.filter(({ fix }) => fix !== null)
    expect(lines.filter((line) => /^ +→ /.test(line))).toHaveLength(fixes.length)
    expect(lines).toContain('Stripe')
    expect(lines.at(-2)).toMatch(/^\d+ checks: \d+ ok, 1 to know, 1 to mend, \d+ not for here$/)
  })

  it('print no secret, no password and no address', async () => {
    const given = {
      ...{ ...SET_UP, AUTH_SECRET: 'hunter2-hunter2-hunter2-hunter2-hunter2' },
      ...{
        ADMIN_EMAILS: 'ada@example.com;bob@example.com',
        EMAIL_FROM: 'ada@example.com, b@x.org',
      },
      ...{
        DATABASE_URL: 'postgres://app:pa55word@db.example.com/l',
        CRON_SECRET: 'hunter2-hunter2',
      },
    }
    const printed = JSON.stringify(await look(given)) + report(await look(given), true)
    for (const secret of ['hunter2', 'pa55word', 'bob@', 'ada@', PRODUCTION.STRIPE_SECRET_KEY])
      expect(printed).not.toContain(secret)
  })
})

function look(given: Given, nodeVersion = NEVER): Promise<Finding[]> {
  return examine({ words: readWords(given, nodeVersion).words, places: null })
}

function one(found: Finding[], id: string): Finding | undefined {
  return found.find((finding) => finding.id === id)
}

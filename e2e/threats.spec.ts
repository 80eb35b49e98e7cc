import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout, newAddress, signInByMail } from './pages/people'
import { SMALL } from './pages/plans'
import { signIn } from './pages/signed-in'
import { PAYS, subscribe } from './pages/stripe'
import { variable } from './stack/variable'

const OPEN = ['/', '/pricing', '/sign-in', '/nowhere']
const PRIVATE = [
  '/settings/billing',
  '/settings/billing/plans',
  '/checkout/return?session_id=cs_test_1',
  `/checkout/continue?plan=${SMALL.tier}&interval=month`,
]

// What a person who is not meant to must never read, wherever they look.
const SECRETS = [
  ...['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'AUTH_SECRET', 'CRON_SECRET'],
  ...['DATABASE_URL', 'UPSTASH_REDIS_REST_TOKEN'],
]

test('what every browser receives names no secret of the server, and holds none', async () => {
  const folder = '.next/static'
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(js|css|json|map|html)$/.test(file),
  )
  expect(files.length).toBeGreaterThan(5)
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8')
    for (const name of SECRETS) {
      expect(text, `${name} in ${file}`).not.toContain(name)
      expect(text, `the value of ${name} in ${file}`).not.toContain(variable(name))
    }
    expect(text, file).not.toMatch(/\b(sk|rk)_(test|live)_\w{4}|\bwhsec_\w{8}|postgres(ql)?:\/\/\w/)
  }
})

test('every page says to browsers what they may do with it, and a private one to no cache', async ({
  page,
  sql,
}) => {
  await signIn(page, sql)
  for (const path of [...OPEN, ...PRIVATE, '/api/billing/status', '/api/health']) {
    const headers = (await page.request.get(path)).headers()
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy'], path).toContain("default-src 'self'")
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['strict-transport-security'], path).toContain('max-age=')
    expect(headers['permissions-policy'], path).toContain('camera=()')
    expect(headers['x-powered-by'], path).toBeUndefined()
  }
  for (const path of [...PRIVATE, '/api/billing/status']) {
    const cache = (await page.request.get(path)).headers()['cache-control']
    expect(cache, path).toContain('no-store')
  }
  const back = await page.request.get('/checkout/return?session_id=cs_test_1')
  expect(back.headers()['referrer-policy']).toBe('same-origin')
})

test('a private page does not open by a header that once skipped middleware', async ({
  request,
}) => {
  const skip = 'middleware:middleware:middleware:middleware:middleware'
  for (const path of PRIVATE) {
    const headers = { 'x-middleware-subrequest': skip }
    const answer = await request.get(path, { headers, maxRedirects: 0 })
    expect([302, 303, 307], path).toContain(answer.status())
    expect(answer.headers().location, path).toContain('/sign-in')
  }
})

test('a made-up session signs no one in, whatever it claims', async ({ request }) => {
  const claims = { sub: 'admin', role: 'admin', email: 'root@example.test' }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const jwt = `${part({ alg: 'none' })}.${part(claims)}.`
  for (const token of [jwt, 'admin', '00000000-0000-4000-8000-000000000000', "' or 1=1 --"]) {
    for (const name of ['authjs.session-token', '__Secure-authjs.session-token']) {
      const cookie = `${name}=${encodeURIComponent(token)}`
      const answer = await request.get('/api/billing/status', { headers: { cookie } })
      expect(answer.status()).toBe(401)
    }
  }
})

test('asking for a link says the same of an address that has an account and of one that has none', async ({
  page,
  browser,
  mailFor,
}) => {
  const known = newAddress()
  await page.goto('/sign-in')
  await signInByMail(page, known, mailFor)
  const said = []
  for (const email of [known, newAddress()]) {
    const visitor = await browser.newPage()
    await visitor.goto('/sign-in')
    await visitor.getByLabel('E-mail').fill(email)
    await visitor.getByRole('button', { name: 'E-mail me a sign-in link' }).click()
    await expect(visitor.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible()
    const text = (await visitor.locator('main').textContent()) ?? ''
    said.push([visitor.url(), text.replaceAll(email, '…')])
    await visitor.close()
  }
  expect(said[0]).toEqual(said[1])
})

test('the log of a purchase holds neither address, name, card nor secret', async ({
  page,
  mailFor,
}) => {
  const email = await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  // The whole log of this app, whatever was written in it so far.
  const log = readFileSync(variable('E2E_APP_LOG'), 'utf8')
  expect(log).toContain('sync applied')
  for (const word of [email, 'Ana Example', PAYS, PAYS.replaceAll(' ', '')]) {
    expect(log).not.toContain(word)
  }
  expect(log).not.toMatch(/@(example|demo)\.test/)
  for (const name of SECRETS) expect(log, name).not.toContain(variable(name))
  expect(log).not.toMatch(/\bv1=[0-9a-f]{64}/)
})

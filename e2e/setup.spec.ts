import { expect } from '@playwright/test'
import { freePort } from '@/scripts/stack/ports'
import { test } from './fixtures'
import { accessibilityProblems } from './stack/accessibility'
import { startServer } from './stack/server'
import { variable } from './stack/variable'

let app: ReturnType<typeof startServer>
let base: string

test.beforeAll(async () => {
  const started = await startFresh({})
  app = started.app
  base = started.base
})

test.afterAll(async () => {
  app.child.kill('SIGKILL')
  await app.exited
})

test('a deployment without a variable says on /setup what is missing, and how to give it', async ({
  page,
}) => {
  const answer = await page.goto(`${base}/setup`)
  expect(answer?.status()).toBe(200)
  await expect(page).toHaveTitle(/^Set up/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\d+ things are missing\.$/)
  const steps = page.getByRole('listitem')
  for (const [title, says] of [
    ['AUTH_SECRET', 'openssl rand -base64 33'],
    ['STRIPE_WEBHOOK_SECRET', 'Give the whsec_… of the webhook endpoint'],
    ['All other variables', 'DATABASE_URL is missing'],
  ] as const)
    await expect(
      steps.filter({ has: page.getByRole('heading', { name: title, exact: true }) }),
    ).toContainText(says)
})

test('everything else leads there, and Stripe is asked to send again', async ({ page }) => {
  for (const path of ['/', '/pricing', '/sign-in', '/settings/billing', '/console', '/nowhere']) {
    const answer = await page.goto(base + path)
    expect(answer?.status(), path).toBe(503)
  }
  await page.getByRole('link', { name: 'what there is to do' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/missing/)

  const webhook = await fetch(`${base}/api/webhooks/stripe`, { method: 'POST', body: '{}' })
  expect([webhook.status, await webhook.json()]).toEqual([503, { error: 'unavailable' }])
  expect((await fetch(`${base}/api/health`)).status).toBe(503)
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`/setup keeps to WCAG 2.2 AA in ${colorScheme} colors, and fits a phone`, async ({
    page,
  }) => {
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(`${base}/setup`)
      expect(await accessibilityProblems(page)).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wide, `${width} px`).toBe(0)
    }
    expect(complaints).toEqual([])
  })

test('it works without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${base}/setup`)
  await expect(page.getByText('DATABASE_URL is missing')).toBeVisible()
  await context.close()
})

test('what is missing is printed at the start, too', () => {
  expect(app.output()).toContain('AUTH_SECRET is missing.')
  expect(app.output()).toContain('Nothing is served but /setup')
})

test('a deployment with a new database and without the rest shows that it answers, and not where', async ({
  page,
  sql,
}) => {
  await sql`create database bare_setup`
  const url = Object.assign(new URL(variable('DATABASE_URL')), { pathname: '/bare_setup' })
  const fresh = await startFresh({ DATABASE_URL: url.href, APP_ENV: 'preview' })
  try {
    await page.goto(`${fresh.base}/setup`)
    await expect(page.getByText(/^Done: DATABASE_URL answers\.$/)).toBeVisible()
    const migrations = page.getByRole('listitem').filter({ hasText: 'Migrations' })
    await expect(migrations).toContainText('npm run db:migrate')
    const html = await page.content()
    for (const part of [url.host, url.password, 'bare_setup'].filter(Boolean))
      expect(html).not.toContain(part)
  } finally {
    fresh.app.child.kill('SIGKILL')
    await fresh.app.exited
    await sql`drop database bare_setup with (force)`
  }
})

test('a deployment in use that lost a variable does not start, and shows no one what it lost', async ({
  sql,
}) => {
  await sql`insert into users (id, email) values ('setup_operator', 'setup@example.com')`
  await sql`insert into operators (user_id) values ('setup_operator')`
  const env = { ...(await bare()), APP_ENV: 'preview', DATABASE_URL: variable('DATABASE_URL') }
  const lost = startServer(env, 'alone')
  expect(await lost.exited).toBe(1)
  expect(lost.output()).toContain('AUTH_SECRET is missing.')
  expect(lost.output()).not.toContain('/setup')
  await sql`delete from users where id = 'setup_operator'`
})

test('a variable that is wrong stops the start, whatever else is missing', async () => {
  const wrong = startServer({ ...(await bare()), AUTH_SECRET: 'changeme' }, 'alone')
  expect(await wrong.exited).toBe(1)
  expect(wrong.output()).toContain('AUTH_SECRET does not look right.')
})

test('a deployment that is set up has no such page', async ({ page }) => {
  const answer = await page.goto('/setup')
  // What this stack is not needs no step: it has no mail server, and captures what it sends.
  expect(answer?.status()).toBe(404)
  await expect(page).toHaveTitle(/^Page not found/)
})

async function startFresh(given: Record<string, string>) {
  const env = { ...(await bare()), ...given }
  const server = startServer(env, 'alone')
  const address = `http://127.0.0.1:${env.PORT}`
  const status = () =>
    fetch(`${address}/setup`).then(
      (answer) => answer.status,
      () => 0,
    )
  await expect.poll(status, { timeout: 30_000 }).toBe(200)
  return { app: server, base: address }
}

async function bare() {
  const { PATH = '' } = process.env
  // The second keeps Next from reading the .env files of a developer.
  return { PATH, __NEXT_PROCESSED_ENV: '1', NODE_ENV: 'production', PORT: `${await freePort(0)}` }
}

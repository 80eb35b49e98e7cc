import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type postgres from 'postgres'
import { ROOT } from '@/scripts/stack/paths'
import { test } from './fixtures'
import { alike } from './looks/forced-colors'
import { moving } from './looks/motion'
import { signInAsOperator } from './pages/operators'
import { goToCheckout, newAddress, signInByMail } from './pages/people'
import { SMALL } from './pages/plans'
import { subscriber } from './pages/signed-in'
import { subscribe } from './pages/stripe'
import { accessibilityProblems } from './stack/accessibility'

test('no page of the console is there for anyone but an operator', async ({
  page,
  sql,
  mailFor,
}) => {
  const paths = await consolePaths(sql)
  expect(paths.length).toBeGreaterThan(8)
  const nowhere = await seen(page, '/console/there-is-no-such-page')
  const isHidden = async (who: string) => {
    for (const path of paths)
      expect([who, path, await seen(page, path)]).toEqual([who, path, nowhere])
  }
  await isHidden('a visitor')
  await page.goto('/sign-in?return=/settings/billing')
  const email = newAddress()
  await signInByMail(page, email, mailFor)
  await page.waitForURL('**/settings/billing')
  await isHidden('a user')
  await sql`insert into operators (user_id, revoked_at) select id, now() from users where email = ${email}`
  await isHidden('someone who was an operator')
  await sql`update operators set revoked_at = null`
  for (const path of paths) expect((await seen(page, path)).status, path).toBe(200)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page of the console keeps to WCAG 2.2 AA in ${colorScheme} colors, at any width`, async ({
    page,
    sql,
    mailFor,
  }) => {
    // Each page at three widths, with all that opens in it.
    test.setTimeout(300_000)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await goToCheckout(page, SMALL.name, mailFor)
    await subscribe(page, SMALL.name)
    await page.context().clearCookies()
    await signInAsOperator(page, sql, mailFor)
    for (const path of await consolePaths(sql)) {
      await openWhole(page, path)
      for (const width of [1440, 390, 320]) {
        await page.setViewportSize({ width, height: 900 })
        const at = `${path} at ${width} px`
        expect.soft(await accessibilityProblems(page), at).toEqual([])
        expect.soft(await overflow(page), at).toBe(0)
      }
      await page.setViewportSize({ width: 1440, height: 900 })
    }
  })
}

test('every page of the console shows in forced colors what is chosen, focused and disabled, and moves nothing for one who asks for less', async ({
  page,
  sql,
  mailFor,
}) => {
  test.setTimeout(300_000)
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await subscriber(page, SMALL, sql)
  await page.context().clearCookies()
  await signInAsOperator(page, sql, mailFor)
  for (const path of await consolePaths(sql)) {
    await openWhole(page, path)
    expect.soft(await alike(page), path).toEqual([])
    expect.soft(await moving(page), path).toEqual([])
  }
})

test('an operator finds a customer by address, sees both sides, and cancels with a refund, once', async ({
  page,
  sql,
  mailFor,
}) => {
  const email = await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  await page.context().clearCookies()
  await signInAsOperator(page, sql, mailFor)

  await page.goto('/console')
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.getByRole('searchbox').fill(email)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/console\/customers\/[0-9a-f-]{36}$/)
  await expect(page.getByText('In sync with Stripe')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(
    `${SMALL.name} started.`,
  )

  // A tab that was opened before still shows the plan.
  const second = await page.context().newPage()
  await second.goto(page.url())
  await cancel(page)
  await expect(page.getByRole('status').getByText('The plan was ended at Stripe.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('“Asked by phone”')
  await cancel(second)
  await expect(second.getByText('You asked for this from that page already')).toBeVisible()
  await expect(second.getByText('Something has changed since you opened that page.')).toBeHidden()
  const acts = await sql`select action from audit_log where action = 'console.cancel'`
  expect(acts).toHaveLength(1)
  const refunds = await sql`select 1 from webhook_events where type = 'refund.created'`
  expect(refunds.length).toBeLessThanOrEqual(1)
})

test('an operator who signed in half an hour ago is asked to sign in again before anything is done', async ({
  page,
  sql,
  mailFor,
}) => {
  const email = await signInAsOperator(page, sql, mailFor)
  await sql`update sessions set created_at = now() - interval '31 minutes'
    where user_id = (select id from users where email = ${email})`
  await page.goto('/console/operators')
  await page.getByLabel('Email of someone').fill('unknown@example.test')
  const form = page.getByRole('region', { name: 'Appoint an operator' })
  await form.getByLabel('Reason').fill('A new colleague')
  await page.getByRole('button', { name: 'Appoint' }).click()
  await expect(page.getByText('You signed in more than 30 minutes ago.')).toBeVisible()
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/sign in/i)
  await signInByMail(page, email, mailFor)
  await expect(page.getByRole('heading', { level: 1, name: 'Operators' })).toBeVisible()
})

test('an act that is opened in a table on a phone has the width of the page, and its row is still one', async ({
  page,
  sql,
  mailFor,
}) => {
  const email = await signInAsOperator(page, sql, mailFor)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/console/operators')
  const row = page.getByRole('row').filter({ hasText: email })
  await row.getByText('Take back…').click()
  const [form, table] = [row.locator('form'), page.getByRole('region', { name: 'Operators' })]
  const widthOf = async (what: typeof form) => (await what.boundingBox())?.width ?? 0
  expect(await widthOf(form)).toBeGreaterThan((await widthOf(table)) * 0.9)
  await expect(row.getByRole('rowheader', { name: email })).toBeVisible()
  await expect(row.getByRole('cell')).toHaveCount(3)
  const sideways = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await sideways()).toBe(0)
  await row.getByLabel('Reason').fill('No longer here')
})

/** A page with all that it waits for, and with all that opens in it. */
async function openWhole(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByText(/^(Reading Stripe|Looking)/)).toHaveCount(0, { timeout: 30_000 })
  for (const summary of await page.locator('summary').all()) await summary.click()
}

async function cancel(page: Page): Promise<void> {
  const acts = page.getByRole('region', { name: 'Do something' })
  await acts.getByText('Cancel now…').click()
  const form = acts
    .locator('form')
    .filter({ has: page.getByRole('button', { name: 'Cancel plan' }) })
  await form.getByLabel('Refund all of it').check()
  await form.getByLabel('Reason').fill('Asked by phone')
  await form.getByRole('button', { name: 'Cancel plan' }).click()
  await page.waitForURL(/done=|error=/)
}

/** Every page below /console that the build has, with ids of what is there. */
async function consolePaths(sql: postgres.Sql): Promise<string[]> {
  const manifest = join(ROOT, '.next', 'app-path-routes-manifest.json')
  const routes: Record<string, string> = JSON.parse(readFileSync(manifest, 'utf8'))
  const [workspace] = await sql`select workspace_id as id from customers
    where workspace_id is not null order by created_at desc limit 1`
  const [event] = await sql`select id from webhook_events order by received_at desc limit 1`
  const fill = (path: string) =>
    path
      .replace('[workspaceId]', String(workspace?.id))
      .replace('/events/[id]', `/events/${event?.id}`)
  // Not the files, which tests/console asks for.
  const paths = Object.entries(routes)
    .filter(([source, path]) => source.endsWith('/page') && /^\/console(\/|$)/.test(path))
    .map(([, path]) => path)
    .sort()
    .map(fill)
  expect(paths.filter((path) => path.includes('['))).toEqual([])
  return [...paths, `/console/events/${event?.id}?dry=1`]
}

/** What a browser is told of a page: its answer, its title and its words. */
async function seen(page: Page, path: string) {
  const response = await page.goto(path)
  return {
    status: response?.status(),
    ...(response?.status() === 404
      ? { title: await page.title(), words: await page.getByRole('main').textContent() }
      : {}),
  }
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import type postgres from 'postgres'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { GREAT } from './pages/plans'
import { signIn } from './pages/signed-in'
import { accessibilityProblems } from './stack/accessibility'
import { variable } from './stack/variable'

const PAGE = '/settings/api-keys'
const STATUS = '/api/billing/status'

async function openKeys(page: Page, sql: postgres.Sql): Promise<void> {
  await signIn(page, sql, GREAT.tier)
  await page.goto(PAGE)
}

async function createKey(page: Page, name: string): Promise<string> {
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create key' }).click()
  const key = (await page.locator('[data-key]').textContent()) ?? ''
  expect(key).toMatch(/^ll_test_[0-9A-Za-z]{49}$/)
  return key
}

test(
  'on Free the page says which plan has API access, and has no form',
  SOAK,
  async ({ page, sql }) => {
    await signIn(page, sql)
    await page.goto(PAGE)
    await expect(page.getByText(`API access: included in ${GREAT.name}.`)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Create key' })).toHaveCount(0)
    expect(await accessibilityProblems(page)).toEqual([])
  },
)

test('a customer makes a key, copies it, and a program uses it until it is revoked', async ({
  page,
  context,
  playwright,
  baseURL,
  sql,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openKeys(page, sql)
  const key = await createKey(page, 'Nightly export')
  await expect(page.getByRole('heading', { name: 'Copy your key now.' })).toBeFocused()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Copy key' }).click()
  await expect(page.getByText('Copied.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)

  // Another machine: no cookie of ours.
  const program = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}) })
  const ask = () => program.get(STATUS, { headers: { authorization: `Bearer ${key}` } })
  const answer = await ask()
  expect([answer.status(), (await answer.json()).tier]).toEqual([200, GREAT.tier])
  expect(answer.headers().ratelimit).toMatch(/^"api-key";r=\d+;t=\d+$/)
  expect(answer.headers()['ratelimit-policy']).toMatch(/^"api-key";q=\d+;w=60$/)
  expect(answer.headersArray().filter(({ name }) => /^set-cookie$/i.test(name))).toEqual([])

  await page.getByRole('link', { name: 'I have it' }).click()
  const row = page.getByRole('list', { name: 'Your keys' }).getByRole('listitem')
  await expect(row).toContainText(`ll_test_…${key.slice(-4)}`)
  await expect(row).toContainText('Last used')
  await row.getByRole('link', { name: 'Revoke… Nightly export' }).click()
  await expect(page.getByText('A key cannot be brought back.')).toBeVisible()
  await page.getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByRole('status').getByText('The key is revoked.')).toBeVisible()
  await expect(row).toContainText('Revoked')
  const refused = await ask()
  expect([refused.status(), await refused.json()]).toEqual([401, { error: 'unauthenticated' }])
  expect(refused.headers()['www-authenticate']).toBe('Bearer')
  await program.dispose()
  const log = readFileSync(variable('E2E_APP_LOG'), 'utf8')
  expect(log).not.toContain(key.slice(8, 20))
  expect(log).not.toMatch(/ll_(live|test)_[0-9A-Za-z]{4}/)
})

for (const javaScriptEnabled of [true, false]) {
  const details = javaScriptEnabled ? {} : SOAK
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', details, () => {
    test.use({ javaScriptEnabled })

    test('a key is shown once: in no address, no cookie, and not on the page when it is opened again', async ({
      page,
      context,
      sql,
    }) => {
      const addresses: string[] = []
      page.on('request', (asked) => {
        addresses.push(`${asked.url()} ${asked.headers().referer ?? ''}`)
      })
      await openKeys(page, sql)
      const key = await createKey(page, 'Nightly export')
      expect(page.url()).not.toContain(key)
      // Not in a form either, which would send it along with the next one.
      expect(
        await page
          .locator('input')
          .evaluateAll((all) => all.map((each) => each.outerHTML))
          .then(String),
      ).not.toContain(key)
      expect(JSON.stringify(await context.cookies())).not.toContain(key)
      await page.getByRole('link', { name: 'I have it' }).click()
      await expect(page.getByRole('heading', { name: 'Nightly export' })).toBeVisible()
      expect(await page.content()).not.toContain(key)
      // To the answer of the form, which no browser has kept; it may only ask to send the form again.
      await page.goBack().catch(() => null)
      // Once it has come to rest: while it goes there it has no content to look at.
      await expect(async () => {
        expect(await page.content()).not.toContain(key)
      }).toPass()
      expect(addresses.join('\n')).not.toContain(key)
    })
  })
}

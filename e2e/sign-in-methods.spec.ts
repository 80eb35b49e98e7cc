import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import type postgres from 'postgres'
import { test } from './fixtures'
import { type MailFor, newAddress, signInByMail } from './pages/people'
import { mistypeAddress } from './pages/refused'
import { accessibilityProblems } from './stack/accessibility'

const PAGE = '/settings/sign-in-methods'

async function signIn(page: Page, email: string, mailFor: MailFor): Promise<void> {
  await page.goto('/sign-in')
  await signInByMail(page, email, mailFor)
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
}

/** As if the account had been opened with GitHub, which is not set up in this stack. */
async function giveGitHub(sql: postgres.Sql, email: string): Promise<void> {
  await sql`insert into accounts (user_id, provider, provider_account_id)
    select id, 'github', ${randomUUID()} from users where email = ${email}`
}

const isSignedIn = async (page: Page) =>
  (await page.request.get('/api/billing/status')).status() === 200

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a customer sees how they sign in, removes GitHub, and every other browser is out', async ({
      page,
      browser,
      mailFor,
      sql,
    }) => {
      const email = newAddress()
      await signIn(page, email, mailFor)
      await giveGitHub(sql, email)
      const other = await browser.newPage()
      await signIn(other, email, mailFor)
      await page.getByRole('link', { name: 'Sign-in methods' }).click()
      const ways = page.getByRole('list', { name: 'Ways into your account' })
      await expect(ways.getByRole('listitem')).toHaveCount(2)
      await expect(ways.getByText(`Sent to ${email}.`)).toBeVisible()
      await expect(ways.getByText('The only way in, so it stays.')).toBeVisible()
      await page.getByRole('link', { name: /^Remove….*GitHub$/ }).click()
      await expect(page.getByText('Every other browser is signed out.')).toBeVisible()
      await page.getByRole('button', { name: 'Remove GitHub' }).click()
      await expect(page.getByRole('status')).toContainText('Removed: GitHub.')
      await expect(ways.getByRole('listitem')).toHaveCount(1)
      expect(await isSignedIn(page)).toBe(true)
      expect(await isSignedIn(other)).toBe(false)
      await other.close()
      const audit = await sql`select a.action from audit_log a join users u
        on a.scope = 'user:' || u.id where u.email = ${email} order by a.n`
      expect(audit.map(({ action }) => action)).toEqual(['user.create', 'sign_in_method.remove'])
    })

    test('the last way in is refused with a sentence, whatever the form says', async ({
      page,
      mailFor,
      sql,
    }) => {
      const email = newAddress()
      await signIn(page, email, mailFor)
      await giveGitHub(sql, email)
      await page.goto(`${PAGE}?remove=github`)
      if (javaScriptEnabled) {
        await page
          .locator('input[name="method"]')
          .evaluate((input) => input.setAttribute('value', 'email'))
        await page.getByRole('button', { name: 'Remove GitHub' }).click()
        await expect(
          page.getByRole('alert').filter({ hasText: 'only way into your account' }),
        ).toBeVisible()
      }
      await page.goto(`${PAGE}?remove=email`)
      await expect(page.getByRole('button', { name: /Remove links/ })).toHaveCount(0)
      await expect(page.getByText(`Sent to ${email}.`)).toBeVisible()
    })

    test('an address that has an account leads from GitHub to a link, and keeps the plan', async ({
      page,
      mailFor,
      baseURL,
    }) => {
      const email = newAddress()
      const value = encodeURIComponent(
        JSON.stringify({ provider: 'github', email, methods: ['email'] }),
      )
      await page.context().addCookies([{ name: 'second_account', value, url: baseURL ?? '' }])
      await page.goto('/sign-in?error=SecondAccount&return=%2Fsettings%2Fbilling%2Fplans')
      await expect(page.getByRole('heading', { name: 'You have an account already' })).toBeVisible()
      await page.getByRole('button', { name: 'Email me a sign-in link' }).click()
      await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible()
      await page.goto((await mailFor(email)).link)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await expect(page).toHaveURL('/settings/billing/plans')
    })
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the pages about signing in keep to WCAG 2.2 AA in ${colorScheme} colors, at 390 px too`, async ({
    page,
    mailFor,
    sql,
    baseURL,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const value = encodeURIComponent(
      JSON.stringify({ provider: 'github', email: 'ana@example.test', methods: ['email'] }),
    )
    await page.context().addCookies([{ name: 'second_account', value, url: baseURL ?? '' }])
    const email = newAddress()
    const look = async (path: string, act = async () => {}) => {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 })
        await page.goto(path)
        await act()
        expect(await accessibilityProblems(page), path).toEqual([])
        expect(await overflow(page), path).toBe(0)
      }
    }
    await look('/sign-in?error=SecondAccount')
    await look('/sign-in', () => mistypeAddress(page))
    await look('/api/auth/callback/email?token=used&email=ana%40example.test', async () => {
      // Opened from elsewhere, it asks for a press first.
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await expect(page.getByText('That link has been used or is too old.')).toBeVisible()
    })
    await signIn(page, email, mailFor)
    await giveGitHub(sql, email)
    for (const query of ['', '?remove=github', '?removed=google']) await look(`${PAGE}${query}`)
    await look(`${PAGE}?remove=github`, async () => {
      await page
        .locator('input[name="method"]')
        .evaluate((input) => input.setAttribute('value', 'saml'))
      await page.getByRole('button', { name: 'Remove GitHub' }).click()
      await expect(page.getByText('That is not one of the ways to sign in.')).toBeVisible()
    })
  })
}

test('a signed-out visitor is asked to sign in, and comes back', async ({ page, mailFor }) => {
  await page.goto(PAGE)
  await signInByMail(page, newAddress(), mailFor)
  await expect(page).toHaveURL(PAGE)
})

function overflow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

import { expect, type Page } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { newAddress } from './pages/people'
import { SMALL } from './pages/plans'
import { accessibilityProblems } from './stack/accessibility'

// As long as an action's id is, and of no build.
const UNKNOWN = `40${'f'.repeat(40)}`

/** What is sent next is as from a page of another build. */
async function asFromAnotherBuild(page: Page, path: string): Promise<void> {
  await page.route(
    (url) => url.pathname === path,
    async (route) => {
      const request = route.request()
      if (request.method() !== 'POST') return route.continue()
      const headers = { ...request.headers() }
      if (headers['next-action']) headers['next-action'] = UNKNOWN
      const postData = request
        .postData()
        ?.replaceAll(/ACTION_ID_[0-9a-f]{42}/g, `ACTION_ID_${UNKNOWN}`)
      return route.continue({ headers, ...(postData ? { postData } : {}) })
    },
  )
}

test('a form of a page from before an update loads the page again, with what was typed, and works then', async ({
  page,
  mailFor,
}) => {
  const email = newAddress()
  await page.goto('/sign-in')
  await page.evaluate(() => Object.assign(window, { before: true }))
  await page.getByLabel('Email').fill(email)
  await asFromAnotherBuild(page, '/sign-in')
  await page.getByRole('button', { name: 'Email me a sign-in link' }).click()
  await page.waitForFunction(() => !('before' in window))
  await expect(page.getByLabel('Email')).toHaveValue(email)
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Email me a sign-in link' }).click()
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible()
  expect((await mailFor(email)).link).toContain('/sign-in/link')
})

test('the interval that was chosen stays chosen', SOAK, async ({ page }) => {
  await page.goto('/pricing')
  await page.evaluate(() => Object.assign(window, { before: true }))
  await page.getByText(/^Yearly, save/).click()
  await asFromAnotherBuild(page, '/pricing')
  await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
  await page.waitForFunction(() => !('before' in window))
  await expect(page.getByRole('radio', { name: /^Yearly/ })).toBeChecked()
})

test(
  'without scripts a page says what happened, and leads back to the form',
  SOAK,
  async ({ browser }) => {
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const page = await plain.newPage()
    await page.goto('/pricing')
    await asFromAnotherBuild(page, '/pricing')
    await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
    await expect(
      page.getByRole('heading', { name: 'Your page was from before an update.' }),
    ).toBeVisible()
    await page.unrouteAll()
    await page.getByRole('link', { name: 'Open it again' }).click()
    await expect(page).toHaveURL('/pricing')
    await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
    await expect(page.getByLabel('Email')).toBeVisible()
    await plain.close()
  },
)

test('the way back leads to no other site', SOAK, async ({ page }) => {
  for (const from of ['https://evil.example/', '//evil.example', 'javascript:alert(1)']) {
    await page.goto(`/outdated?${new URLSearchParams({ from })}`)
    await expect(page.getByRole('link', { name: 'Open it again' })).toHaveAttribute('href', '/')
  }
  expect(await accessibilityProblems(page)).toEqual([])
})

import { expect, type Page } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { goToCheckout } from './pages/people'
import { GREAT, onList, SMALL } from './pages/plans'
import { subscribe } from './pages/stripe'
import { accessibilityProblems } from './stack/accessibility'

const card = (page: Page, name: string) => page.getByRole('article', { name })

test('a visitor without a session has the page of the build, and no cache gives one visitor’s page to another', async ({
  request,
}) => {
  for (const method of ['GET', 'HEAD']) {
    const forAnyone = await request.fetch('/pricing', { method })
    const { 'cache-control': shared = '', vary = '', ...others } = forAnyone.headers()
    expect(shared).toContain('s-maxage=')
    expect(vary.toLowerCase()).toContain('cookie')
    expect(others['x-nextjs-prerender']).toMatch(/^1/)
    expect(others['set-cookie']).toBeUndefined()
    const empty = { cookie: 'authjs.session-token=' }
    const none = await request.fetch('/pricing', { method, headers: empty, maxRedirects: 0 })
    expect(none.status()).toBe(200)
    // One that opens no session, or has the name of another scheme, leads round in no circle.
    for (const cookie of ['authjs.session-token=x', '__Host-authjs.session-token=x']) {
      const own = await request.fetch('/pricing', { method, headers: { cookie }, maxRedirects: 0 })
      expect(own.status()).toBe(200)
      expect(own.headers()['cache-control']).toMatch(/private.*no-store/)
      expect(own.headers().vary?.toLowerCase()).toContain('cookie')
      expect(own.headers()['x-nextjs-prerender']).toBeUndefined()
      expect(own.headers()['content-security-policy']).toContain("'nonce-")
    }
  }
})

test(
  'the plans say what a subscriber has and what each press does, until they sign out',
  SOAK,
  async ({ page, browser, mailFor }) => {
    test.setTimeout(150_000)
    await goToCheckout(page, GREAT.name, mailFor)
    await subscribe(page, GREAT.name)
    const [small, great] = [card(page, SMALL.name), card(page, GREAT.name)]

    await test.step('their plan is marked, and its other interval is a change', async () => {
      const answer = await page.goto('/pricing')
      expect(answer?.headers()['cache-control']).toMatch(/private.*no-store/)
      await expect(great.getByText('Current plan', { exact: true })).toBeVisible()
      await expect(great.getByText('You are on this plan.')).toBeVisible()
      await expect(great.getByText(onList(GREAT.prices.month), { exact: true })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
      await page.getByText(/^Yearly, save/).click()
      await expect(great.getByRole('button', { name: 'Switch to yearly' })).toBeVisible()
      expect(await accessibilityProblems(page)).toEqual([])
      await shoot(page, 'pricing-subscriber')
    })

    await test.step('a smaller plan waits for the end of what is paid for, after its review', async () => {
      await page.getByText('Monthly', { exact: true }).click()
      await expect(small.getByText('With your next period').first()).toBeVisible()
      await small.getByRole('button', { name: `Switch to ${SMALL.name}` }).click()
      await expect(page).toHaveURL(
        new RegExp(`/plans/confirm\\?interval=month&tier=${SMALL.tier}$`),
      )
      await page.getByRole('button', { name: 'Plan this change' }).click()
      await expect(page.getByText(new RegExp(`^Changes to ${SMALL.name}`)).first()).toBeVisible()
    })

    await test.step('it is said at both, and taken back where it is kept', async () => {
      await page.goto('/pricing')
      await expect(small.getByText(/^Planned: begins on /)).toBeVisible()
      await expect(great.getByText(new RegExp(`^Changes to ${SMALL.name} on `))).toBeVisible()
      await shoot(page, 'pricing-planned')
      await great.getByRole('button', { name: `Keep ${GREAT.name}` }).click()
      await expect(page.getByText('Renews on')).toBeVisible()
      await page.goto('/pricing')
      await expect(great.getByText('You are on this plan.')).toBeVisible()
    })

    await test.step('a plan that is to end is kept in one press, also without a script', async () => {
      await page.goto('/settings/billing/cancel')
      await page.getByRole('button', { name: 'Cancel plan' }).click()
      await expect(page.getByText('Status: Ending', { exact: true })).toBeVisible()
      const storageState = await page.context().storageState()
      const plain = await browser.newContext({ javaScriptEnabled: false, storageState })
      const bare = await plain.newPage()
      await bare.goto('/pricing')
      await expect(
        card(bare, SMALL.name).getByText(`Keep ${GREAT.name} first`).first(),
      ).toBeVisible()
      await card(bare, GREAT.name)
        .getByRole('button', { name: `Keep ${GREAT.name}` })
        .click()
      await expect(bare.getByText('Status: Active', { exact: true })).toBeVisible()
      await plain.close()
    })

    await test.step('after signing out, Back shows the page of anyone', async () => {
      await page.goto('/pricing')
      await expect(great.getByText('Current plan', { exact: true })).toBeVisible()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await expect(page).toHaveURL('/')
      await page.goBack()
      await expect(page).toHaveURL('/pricing')
      await expect(great.getByRole('button', { name: `Upgrade to ${GREAT.name}` })).toBeVisible()
      await expect(page.getByText('Current plan')).toHaveCount(0)
      await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(0)
      await page.goto('/pricing')
      await expect(great.getByRole('button', { name: `Upgrade to ${GREAT.name}` })).toBeVisible()
    })
  },
)

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.E2E_SHOTS
  if (!folder) return
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 900 })
}

import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout } from './pages/people'
import { onList, PLAN_NAMES, SMALL } from './pages/plans'
import { chooseNoPlan } from './pages/refused'
import { subscribe } from './pages/stripe'
import { accessibilityProblems } from './stack/accessibility'

const OPEN = ['/', '/pricing', '/sign-in', '/dev/states']
const SIGNED_IN = [
  '/settings/billing',
  '/settings/billing/plans',
  `/checkout/continue?plan=${SMALL.tier}&interval=year`,
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const path of OPEN) {
    test(`${path} keeps to WCAG 2.2 AA in ${colorScheme} colors`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(path)
      expect(await accessibilityProblems(page)).toEqual([])
    })
  }

  test(`paying and what follows keep to WCAG 2.2 AA in ${colorScheme} colors`, async ({
    page,
    mailFor,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await goToCheckout(page, SMALL.name, mailFor)
    expect(await accessibilityProblems(page)).toEqual([])
    await subscribe(page, SMALL.name)
    expect(await accessibilityProblems(page)).toEqual([])
    for (const path of SIGNED_IN) {
      await page.goto(path)
      expect(await accessibilityProblems(page), path).toEqual([])
    }
    await chooseNoPlan(page)
    expect(await accessibilityProblems(page), 'a refusal').toEqual([])
  })
}

test('the comparison is a table that says what each cell belongs to', async ({ page }) => {
  await page.goto('/pricing')
  const table = page.getByRole('table')
  await expect(table).toHaveAccessibleName(/.+/)
  for (const plan of PLAN_NAMES) {
    await expect(table.getByRole('columnheader', { name: plan })).toBeVisible()
  }
  for (const feature of ['Priority support', 'Advanced analytics', 'API access', 'White label']) {
    await expect(table.getByRole('rowheader', { name: new RegExp(feature) })).toBeVisible()
  }
})

test('the billing interval is a choice of two radios, and choosing loads nothing', async ({
  page,
}) => {
  await page.goto('/pricing')
  const group = page.getByRole('group', { name: 'Billing interval' })
  await expect(group.getByRole('radio', { name: 'Monthly' })).toBeChecked()
  await expect(page.getByText(onList(SMALL.prices.month), { exact: true }).first()).toBeVisible()
  const address = page.url()
  await group.getByRole('radio', { name: 'Monthly' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(group.getByRole('radio', { name: /Yearly/ })).toBeChecked()
  await expect(
    page.getByRole('button', {
      name: new RegExp(`^Upgrade to ${SMALL.name}.*\\${onList(SMALL.prices.year)}`),
    }),
  ).toBeVisible()
  expect(page.url()).toBe(address)
})

test('nothing scrolls sideways at 320 px', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 })
  for (const path of OPEN) {
    await page.goto(path)
    expect(await overflow(page), path).toBe(0)
  }
})

test('the pricing page asks no other host for anything, and brings no script of Stripe’s', async ({
  page,
  baseURL,
}) => {
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))
  await page.goto('/pricing', { waitUntil: 'networkidle' })
  expect([...hosts]).toEqual([baseURL])
})

function overflow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { CHANGE, OPEN, SIGNED_IN } from './pages/looked-at'
import { goToCheckout } from './pages/people'
import { GREAT, onList, PLAN_NAMES, SMALL } from './pages/plans'
import { chooseNoPlan } from './pages/refused'
import { subscribe } from './pages/stripe'
import { visit } from './pages/visit'
import { accessibilityProblems } from './stack/accessibility'

for (const colorScheme of ['light', 'dark'] as const) {
  for (const path of OPEN) {
    test(`${path} keeps to WCAG 2.2 AA in ${colorScheme} colors at each width`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(path)
      await keepsAtEachWidth(page, path)
    })
  }

  test(`paying and what follows keep to WCAG 2.2 AA in ${colorScheme} colors`, async ({
    page,
    mailFor,
  }) => {
    // Each page at three widths.
    test.setTimeout(300_000)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await goToCheckout(page, SMALL.name, mailFor)
    await keepsAtEachWidth(page, 'Checkout')
    await subscribe(page, SMALL.name)
    await keepsAtEachWidth(page, 'the page of what was bought')
    for (const path of SIGNED_IN) {
      await visit(page, path)
      await keepsAtEachWidth(page, path)
    }
    await chooseNoPlan(page)
    await keepsAtEachWidth(page, 'a refusal')
  })
}

test('the pages on which a plan is changed and ended say what each thing is', async ({
  page,
  mailFor,
}) => {
  await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)

  await page.goto('/settings/billing/plans')
  await expect(page.getByRole('heading', { level: 1, name: 'Plans' })).toBeVisible()
  const interval = page.getByRole('group', { name: 'Billing interval' })
  await expect(interval.getByRole('radio', { name: 'Monthly' })).toBeChecked()
  for (const plan of PLAN_NAMES)
    await expect(page.getByRole('heading', { level: 2, name: plan, exact: true })).toBeVisible()

  await page.goto(CHANGE)
  await expect(page.getByRole('heading', { level: 1, name: 'Review your change' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: new RegExp(GREAT.name) })).toBeVisible()
  await expect(page.getByRole('term').first()).toBeVisible()
  await expect(page.getByRole('definition').first()).toBeVisible()
  await expect(page.getByRole('checkbox')).toHaveAccessibleName(/.+/)
  await expect(page.getByRole('link', { name: 'Back to plans' })).toBeVisible()

  await page.goto('/settings/billing/cancel')
  await expect(page.getByRole('heading', { level: 1, name: 'Cancel plan' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: /stays on until/ })).toBeVisible()
  const reasons = page.getByRole('group', { name: 'Why are you leaving? Optional.' })
  await expect(reasons.getByRole('radio')).toHaveCount(8)
  await expect(reasons.getByRole('textbox', { name: 'What should we know?' })).toBeVisible()
  const others = page.getByRole('region', { name: 'Instead of canceling' })
  await expect(others.getByRole('combobox', { name: 'For' })).toBeVisible()
  await expect(others.getByRole('button', { name: 'Pause plan' })).toBeVisible()
  // A browser gives both a font of its own.
  const font = await page.evaluate(() => getComputedStyle(document.body).fontFamily)
  for (const field of [others.getByRole('combobox'), reasons.getByRole('textbox')])
    await expect(field).toHaveCSS('font-family', font)
  await expect(page.getByRole('button', { name: 'Cancel plan' })).toBeVisible()
  await expect(page.getByRole('link', { name: `Keep ${SMALL.name}` })).toBeVisible()

  await page.goto('/settings/billing/card')
  await expect(
    page.getByRole('heading', { level: 1, name: `Use your card for ${SMALL.name}` }),
  ).toBeVisible()
  await expect(page.getByRole('button', { name: 'Use this card' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Back to billing' })).toBeVisible()
})

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

test('with text at 200 % the longest code that is repeated pushes nothing sideways at 390 px', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(`/pricing?code=${'W'.repeat(30)}`)
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  expect(await overflow(page)).toBe(0)
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

async function keepsAtEachWidth(page: Page, what: string): Promise<void> {
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 800 })
    const at = `${what} at ${width} px`
    expect(await accessibilityProblems(page), at).toEqual([])
    expect(await overflow(page), at).toBe(0)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

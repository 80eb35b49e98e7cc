import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { CHANGE, OPEN, SIGNED_IN } from './pages/looked-at'
import { goToCheckout } from './pages/people'
import { GREAT, onList, PLAN_NAMES, SMALL } from './pages/plans'
import { chooseNoPlan } from './pages/refused'
import { subscriber } from './pages/signed-in'
import { subscribe } from './pages/stripe'
import { accessibilityProblems } from './stack/accessibility'

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
    // Each page at three widths.
    test.setTimeout(300_000)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await goToCheckout(page, SMALL.name, mailFor)
    expect(await accessibilityProblems(page)).toEqual([])
    await subscribe(page, SMALL.name)
    expect(await accessibilityProblems(page)).toEqual([])
    for (const path of SIGNED_IN) {
      await page.goto(path)
      // What is read last has arrived.
      await expect(page.getByText(/^Reading your /)).toHaveCount(0)
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 800 })
        const at = `${path} at ${width} px`
        expect(await accessibilityProblems(page), at).toEqual([])
        expect(await overflow(page), at).toBe(0)
      }
      await page.setViewportSize({ width: 1280, height: 800 })
    }
    await chooseNoPlan(page)
    expect(await accessibilityProblems(page), 'a refusal').toEqual([])
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

test('nothing scrolls sideways at 320 px', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 })
  for (const path of OPEN) {
    await page.goto(path)
    expect(await overflow(page), path).toBe(0)
  }
})

test('with text at 200 % nothing scrolls sideways at 390 px, and a plan’s mark stays in its card', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  for (const path of ['/', '/pricing', '/sign-in', '/dev/states']) {
    await page.goto(path)
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    expect.soft(await overflow(page), path).toBe(0)
  }
  await page.goto('/pricing')
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  for (const card of await page.getByRole('article').all()) {
    const sticksOut = await card.evaluate((article) =>
      [...article.querySelectorAll('*')].some(
        (each) => each.getBoundingClientRect().right > article.getBoundingClientRect().right,
      ),
    )
    expect(sticksOut).toBe(false)
  }
})

test('with text at 200 % no page of a subscriber scrolls sideways at 390 px', async ({
  page,
  sql,
}) => {
  test.setTimeout(120_000)
  // Their address is a long word; so is the longest code that is repeated.
  await subscriber(page, SMALL, sql)
  const code = `/pricing?code=${'W'.repeat(30)}`
  await page.setViewportSize({ width: 390, height: 800 })
  for (const path of [...SIGNED_IN, code]) {
    await page.goto(path)
    await expect(page.getByText(/^Reading your /)).toHaveCount(0)
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    expect.soft(await overflow(page), path).toBe(0)
  }
})

test('in forced colors the chosen interval can be distinguished from the other', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('/pricing')
  const group = page.getByRole('group', { name: 'Billing interval' })
  const background = (text: string | RegExp) =>
    group
      .locator('label', { hasText: text })
      .evaluate((label) => getComputedStyle(label).backgroundColor)
  // What a system color paints; a background of ours would be forced to the page's own.
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const chosen = await background('Monthly')
  expect([paper, await background('Yearly')]).not.toContain(chosen)
  await group.locator('label', { hasText: 'Yearly' }).click()
  await expect.poll(() => background('Yearly')).toBe(chosen)
  expect(await background('Monthly')).not.toBe(chosen)
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

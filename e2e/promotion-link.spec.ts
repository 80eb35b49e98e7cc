import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { newAddress, signInByMail } from './pages/people'
import { onBill, SMALL } from './pages/plans'
import { subscribe } from './pages/stripe'
import { accessibilityProblems } from './stack/accessibility'
import { chargesOf, makeCode } from './stack/support'

test('a code that came by link goes through sign-in to Checkout, and leaving Checkout keeps the choice', async ({
  page,
  mailFor,
}) => {
  test.setTimeout(120_000)
  const email = newAddress()
  const code = `LAUNCH${randomUUID().slice(0, 6).toUpperCase()}`
  await makeCode(code, 20)
  const due = { ...SMALL.prices.year, amount: SMALL.prices.year.amount * 0.8 }

  await test.step('the plans say what it does', async () => {
    await page.goto(`/pricing?code=${code.toLowerCase()}`)
    const notice = page.getByRole('status').filter({ hasText: `with ${code}` })
    await expect(notice).toContainText('20% off the first payment')
    expect(await accessibilityProblems(page)).toEqual([])
    await shoot(page, 'offer')
  })

  await test.step('and it is in Checkout after signing in', async () => {
    await page.getByText(/^Yearly, save/).click()
    await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
    await signInByMail(page, email, mailFor)
    await expect(page.getByLabel('Card number')).toBeVisible()
    await expect(page.getByText(onBill(due)).first()).toBeVisible()
  })
  const checkout = page.url()

  await test.step('the customer who leaves comes to their choice, and goes on where they were', async () => {
    await page.getByRole('link', { name: /^Back to/ }).click()
    await expect(
      page.getByRole('heading', { name: 'You left checkout before paying.' }),
    ).toBeVisible()
    await expect(page.getByText('Yearly', { exact: true })).toBeVisible()
    await expect(page.getByRole('term').filter({ hasText: 'Due at checkout' })).toBeVisible()
    await expect(page.getByText(onBill(due), { exact: true })).toBeVisible()
    expect(await accessibilityProblems(page)).toEqual([])
    await shoot(page, 'left')
    await page.getByRole('button', { name: 'Resume checkout' }).click()
    await expect(page).toHaveURL(checkout)
  })

  await test.step('the plans keep the interval, and offer the open page again', async () => {
    await page.goBack()
    await page.getByRole('link', { name: 'See all plans' }).click()
    await expect(page.getByRole('radio', { name: /^Yearly/ })).toBeChecked()
    expect(await accessibilityProblems(page)).toEqual([])
    await shoot(page, 'plans')
    await page.getByRole('button', { name: 'Resume checkout' }).click()
    await expect(page).toHaveURL(checkout)
  })

  await test.step('what is paid is what the code leaves', async () => {
    await subscribe(page, SMALL.name)
    expect(await chargesOf(email)).toEqual([due.amount])
  })
})

test('a code that is none is said plainly, and blocks nothing, also without scripts', async ({
  browser,
  mailFor,
}) => {
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const page = await plain.newPage()
  await page.goto('/pricing?code=NOSUCHCODE')
  await expect(page.getByText('There is no code NOSUCHCODE.')).toBeVisible()
  await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
  await signInByMail(page, newAddress(), mailFor)
  // As a link of someone else may have it; from the plans it does not come along.
  await page.goto(`${page.url()}&code=NOSUCHCODE`)
  await expect(page.getByText('There is no code NOSUCHCODE.')).toBeVisible()
  await expect(page.getByText('Promotion code', { exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(page.getByText(onBill(SMALL.prices.month)).first()).toBeVisible()
  await plain.close()
})

test('a trial says when it ends and what follows, and never that nothing was paid', async ({
  page,
}) => {
  await page.goto('/dev/plans/4')
  await expect(page.getByRole('button', { name: /^Try Business for 14 days/ })).toBeVisible()
  await expect(page.getByText('14 days free. Then €99.00 a month').first()).toBeVisible()
  await shoot(page, 'trial-plans')
  await page.goto('/dev/states')
  const begun = page.getByRole('heading', { name: `Your trial of ${SMALL.name} has started.` })
  await expect(begun).toBeVisible()
  const frame = page.locator('section').filter({ has: begun }).last()
  await expect(frame).toContainText('December 7, 2026')
  await expect(frame).toContainText('$9.50')
  await expect(frame).not.toContainText('Paid')
  if (process.env.E2E_SHOTS) await frame.screenshot({ path: `${process.env.E2E_SHOTS}/trial.png` })
})

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

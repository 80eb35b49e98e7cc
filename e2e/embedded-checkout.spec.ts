import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { type MailFor, newAddress, signInByMail } from './pages/people'
import { onBill, SMALL } from './pages/plans'
import { allIsDrained } from './pages/records'
import { DECLINED, PAYS, payWith } from './pages/stripe'
import { accessibilityProblems } from './stack/accessibility'
import { chargesOf } from './stack/support'
import { BASE, serveWithKey } from './stack/with-key'

test.use({ baseURL: BASE })

let stop: () => Promise<void>
test.beforeAll(async () => {
  stop = await serveWithKey({ STRIPE_CHECKOUT_UI: 'embedded_page' })
})
test.afterAll(() => stop())

const checkoutOf = (page: Page) => page.frameLocator('iframe[title="Checkout"]')

async function startCheckout(page: Page, mailFor: MailFor): Promise<string> {
  const email = newAddress()
  await page.goto('/pricing')
  await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
  await signInByMail(page, email, mailFor)
  await page.waitForURL(/\/checkout\/pay\?session_id=cs_/)
  return email
}

async function pay(page: Page, number: string) {
  const checkout = checkoutOf(page)
  await checkout.getByLabel('Card number').fill(number)
  await checkout.getByLabel('Expiration').fill('12 / 40')
  await checkout.getByLabel('CVC').fill('123')
  await checkout.getByLabel('Cardholder name').fill('Ana Example')
  await checkout.getByLabel('ZIP').fill('94107')
  await checkout.getByRole('button', { name: /^Subscribe/ }).click()
}

test('a plan is bought in Checkout within our page, and its address leads to what was bought afterwards', async ({
  page,
  browser,
  mailFor,
  sql,
}) => {
  const email = await startCheckout(page, mailFor)
  const here = page.url()
  await expect(page.getByRole('heading', { name: `Pay for ${SMALL.name}` })).toBeVisible()
  await expect(checkoutOf(page).getByText(onBill(SMALL.prices.month)).first()).toBeVisible()
  expect(await accessibilityProblems(page)).toEqual([])
  const shots = process.env.E2E_SHOTS
  if (shots) {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 1280],
      ['light', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: `${shots}/pay-${colorScheme}-${width}.png`, fullPage: true })
    }
  }

  await test.step('the address shows it to no one else', async () => {
    const context = await browser.newContext({ baseURL: BASE })
    const other = await context.newPage()
    await other.goto('/sign-in?return=/settings/billing')
    await signInByMail(other, newAddress(), mailFor)
    await expect(other.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
    await other.goto(here)
    await other.waitForURL(/\/checkout\/return/)
    await expect(other.locator('iframe')).toHaveCount(0)
    await context.close()
  })

  await test.step('refused with the reason, then paid', async () => {
    await pay(page, DECLINED)
    await expect(checkoutOf(page).getByRole('alert')).toContainText('Your card was declined.')
    await pay(page, PAYS)
    await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
    expect(new URL(page.url()).pathname).toBe('/checkout/return')
  })

  await test.step('the page that was left sells nothing a second time', async () => {
    await page.goto(here)
    await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
    await allIsDrained(sql)
    expect(await chargesOf(email)).toEqual([SMALL.prices.month.amount])
  })
})

test('without a script Checkout is Stripe’s own page, and that is then the only one', async ({
  browser,
  mailFor,
}) => {
  const context = await browser.newContext({ baseURL: BASE, javaScriptEnabled: false })
  const page = await context.newPage()
  const email = newAddress()
  await page.goto('/pricing')
  await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
  await signInByMail(page, email, mailFor)
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await page.waitForURL(/\/checkout\/pay\?session_id=cs_/)
  const here = page.url()
  await page.getByRole('button', { name: 'Pay on Stripe’s page instead' }).click()
  await expect(page.getByLabel('Card number')).toBeVisible()
  const tab = await context.newPage()
  await tab.goto(here)
  await tab.waitForURL(/\/checkout\/return/)
  await payWith(page, PAYS)
  await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
  expect(await chargesOf(email)).toEqual([SMALL.prices.month.amount])
  await context.close()
})

test('Checkout that does not load says so, and Stripe’s page remains', async ({
  page,
  mailFor,
}) => {
  await page.route('**/endive/stripe.js', (route) => route.abort())
  await startCheckout(page, mailFor)
  await expect(
    page.getByRole('alert').filter({ hasText: 'Stripe’s checkout did not load.' }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Pay on Stripe’s page instead' }).click()
  await payWith(page, PAYS)
  await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
})

import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout, type MailFor } from './pages/people'
import { onBill, SMALL } from './pages/plans'
import { allIsDrained } from './pages/records'
import { subscribe } from './pages/stripe'
import { chargesOf, renewNow } from './stack/support'
import { variable } from './stack/variable'
import { BASE, serveWithKey } from './stack/with-key'
import { bankOf } from './stripe-js/world'

const INVOICES = '/settings/billing/invoices'
const PRICE = SMALL.prices.month
const AMOUNT = onBill(PRICE)
const ASKS = 'pm_card_authenticationRequired'

test.use({ baseURL: BASE })

let stop: () => Promise<void>
test.beforeAll(async () => {
  stop = await serveWithKey()
})
test.afterAll(() => stop())

async function subscriber(page: Page, mailFor: MailFor): Promise<string> {
  const email = await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  return email
}

const unpaid = (page: Page) => page.getByRole('region', { name: 'To pay' })
const pay = (page: Page) => unpaid(page).getByRole('button', { name: `Pay ${AMOUNT}` })

test('an open invoice that its bank asks about is confirmed from the list of invoices: refused, then paid once', async ({
  page,
  mailFor,
  sql,
}) => {
  test.slow()
  const email = await subscriber(page, mailFor)
  await renewNow(email, ASKS)
  await allIsDrained(sql)
  const asked = page.getByRole('heading', { name: `Your bank asks you to confirm ${AMOUNT}.` })
  for (const words of ['Fail authentication', 'Complete authentication']) {
    await page.goto(INVOICES)
    await pay(page).click()
    await expect(asked).toBeVisible()
    await page.getByRole('button', { name: 'Confirm with your bank' }).click()
    await bankOf(page).getByRole('button', { name: words }).click()
    if (words === 'Complete authentication') continue
    await expect(page.getByText('Your bank did not confirm it.')).toBeVisible()
    expect(await chargesOf(email)).toHaveLength(1)
  }
  await expect(page.getByText(`Paid. ${SMALL.name} is on.`)).toBeVisible()
  await page.goto(INVOICES)
  await expect(page.getByRole('heading', { name: 'First payment' })).toBeVisible()
  await expect(unpaid(page)).toHaveCount(0)
  expect(await chargesOf(email)).toEqual([PRICE.amount, PRICE.amount])
})

test('without a script, and without a key, it is confirmed on Stripe’s page of the invoice', async ({
  page,
  browser,
  mailFor,
  sql,
}) => {
  test.slow()
  const email = await subscriber(page, mailFor)
  const storageState = await page.context().storageState()
  for (const [baseURL, javaScriptEnabled] of [
    [BASE, false],
    [variable('BASE_URL'), false],
    [variable('BASE_URL'), true],
  ] as const) {
    await renewNow(email, ASKS)
    await allIsDrained(sql)
    const before = (await chargesOf(email)).length
    const context = await browser.newContext({ baseURL, javaScriptEnabled, storageState })
    const bare = await context.newPage()
    await bare.goto(INVOICES)
    await pay(bare).click()
    // Our page cannot ask the bank without a script: it has the way to the one that can.
    if (baseURL === BASE)
      await bare.getByRole('link', { name: 'Confirm it on Stripe’s page' }).click()
    await bare
      .getByRole('button', { name: new RegExp(`^Pay \\${AMOUNT} with`) })
      .first()
      .click()
    await bare.getByRole('button', { name: 'Complete authentication' }).click()
    await expect(bare.getByRole('button', { name: 'Complete authentication' })).toHaveCount(0)
    await allIsDrained(sql)
    await bare.goto(INVOICES)
    await expect(bare.getByRole('heading', { name: 'First payment' })).toBeVisible()
    await expect(unpaid(bare)).toHaveCount(0)
    expect(await chargesOf(email)).toHaveLength(before + 1)
    await context.close()
  }
})

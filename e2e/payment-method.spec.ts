import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout, type MailFor } from './pages/people'
import { onBill, SMALL } from './pages/plans'
import { allIsDrained, auditOf } from './pages/records'
import { ALWAYS_ASKS, DECLINED, FAILS_LATER, PAYS, subscribe } from './pages/stripe'
import { chargesOf, leaveMethod, renewNow } from './stack/support'
import { BASE, serveWithKey } from './stack/with-key'
import { bankOf, formOf, typeCard } from './stripe-js/world'

const HERE = '/settings/billing/payment-method'
const PRICE = SMALL.prices.month
const AMOUNT = onBill(PRICE)
const OWES = `We could not charge ${AMOUNT} to your card.`
const FAILS = 'pm_card_chargeCustomerFail'

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

const paid = (page: Page) =>
  page.getByRole('status').filter({ hasText: `Paid. ${SMALL.name} is on.` })
const button = (page: Page, name = `Save and pay ${AMOUNT}`) => page.getByRole('button', { name })

test('a renewal that failed is paid by a card that is left on our page: refused with the reason, then at once, and once', async ({
  page,
  mailFor,
  sql,
}) => {
  const email = await subscriber(page, mailFor)
  await renewNow(email, FAILS)
  await allIsDrained(sql)
  await page.goto('/settings/billing')
  await expect(page.getByText(OWES)).toBeVisible()
  await page.getByRole('link', { name: 'Use another card' }).click()
  await expect(page.getByText(`${AMOUNT} is open for ${SMALL.name}.`)).toBeVisible()

  await test.step('a card that is wrong, or that its bank refuses, says why and keeps the form', async () => {
    await button(page).click()
    await expect(
      page.getByRole('alert').filter({ hasText: 'Your card number is incomplete.' }),
    ).toBeVisible()
    await typeCard(page, DECLINED)
    await button(page).click()
    await expect(
      page.getByRole('alert').filter({ hasText: 'Your card was declined.' }),
    ).toBeVisible()
    await expect(formOf(page).getByLabel('Card number')).toHaveValue(/0002$/)
  })

  await test.step('one that can be kept and not charged: the payment stays open, the form too', async () => {
    await typeCard(page, FAILS_LATER)
    await button(page).click()
    await expect(page.getByText('Your bank did not accept the payment.')).toBeVisible()
    await expect(page).toHaveURL(new RegExp(HERE))
    await expect(formOf(page).getByLabel('Card number')).toBeVisible()
  })

  await test.step('one that works pays, however often its button is pressed, and is never in our page', async () => {
    await typeCard(page, PAYS)
    expect(await page.content()).not.toContain('4242')
    await button(page).dblclick()
    await expect(paid(page)).toBeVisible()
    await expect(page.getByText(OWES)).toHaveCount(0)
    await expect(page.getByText('It is charged to Visa •••• 4242.')).toBeVisible()
    expect(await chargesOf(email)).toEqual([PRICE.amount, PRICE.amount])
  })

  await test.step('Back and forward charge nothing again, and the trail says what was asked for', async () => {
    await page.goBack()
    await page.goForward()
    await page.goto(HERE)
    await expect(page.getByText('On file: Visa •••• 4242')).toBeVisible()
    await allIsDrained(sql)
    expect(await chargesOf(email)).toEqual([PRICE.amount, PRICE.amount])
    const asked = (await auditOf(sql, email)).filter((each) => /request_|set_up/.test(each))
    // One SetupIntent for each card that its bank let through: the refused one before it was tried under the same.
    expect(asked).toEqual([
      ...['payment_method.set_up', 'payment_method.request_default'],
      ...['subscription.request_card', 'invoice.request_payment'],
      ...['payment_method.set_up', 'payment_method.request_default'],
      ...['subscription.request_card', 'invoice.request_payment'],
    ])
  })
})

test('a bank that asks at every payment is answered over our page: refused, then confirmed', async ({
  page,
  mailFor,
  sql,
}) => {
  const email = await subscriber(page, mailFor)
  await renewNow(email, FAILS)
  await allIsDrained(sql)
  await page.goto(HERE)
  await typeCard(page, ALWAYS_ASKS)
  await button(page).click()

  await test.step('first it asks about the card: a no keeps the form, a yes goes on', async () => {
    await answer(page, 'Fail authentication')
    await expect(
      page.getByRole('alert').filter({ hasText: 'We are unable to authenticate' }),
    ).toBeVisible()
    await button(page).click()
    await answer(page, 'Complete authentication')
  })

  await test.step('then about the payment', async () => {
    await expect(
      page.getByRole('heading', { name: `Your bank asks you to confirm ${AMOUNT}.` }),
    ).toBeVisible()
    await button(page, 'Confirm with your bank').click()
    await answer(page, 'Fail authentication')
    await expect(page.getByText('Your bank did not confirm it.')).toBeVisible()
    expect(await chargesOf(email)).toHaveLength(1)
    await button(page, 'Try again').click()
    await button(page, 'Confirm with your bank').click()
    await answer(page, 'Complete authentication')
    await expect(paid(page)).toBeVisible()
    await expect(page.getByText(OWES)).toHaveCount(0)
    expect(await chargesOf(email)).toEqual([PRICE.amount, PRICE.amount])
  })
})

test('from the billing page, a payment that its bank asks about is confirmed on ours', async ({
  page,
  mailFor,
  sql,
}) => {
  const email = await subscriber(page, mailFor)
  await renewNow(email, 'pm_card_authenticationRequired')
  await allIsDrained(sql)
  await page.goto('/settings/billing')
  await page.getByRole('button', { name: `Pay ${AMOUNT} now` }).click()
  await expect(page).toHaveURL(new RegExp(HERE))
  await button(page, 'Confirm with your bank').click()
  await answer(page, 'Complete authentication')
  await expect(paid(page)).toBeVisible()
})

test('a customer who comes back from a bank that took the whole page has it put to use, and an address without that way back waits for a press; with another customer’s id nothing changes', async ({
  page,
  browser,
  mailFor,
  sql,
}) => {
  const email = await subscriber(page, mailFor)
  const context = await browser.newContext({ baseURL: BASE })
  const other = await context.newPage()
  const theirs = await leaveMethod(await subscriber(other, mailFor), 'pm_card_mastercard')
  await context.close()

  for (const id of [theirs, 'seti_made_up', '<script>']) {
    await page.goto(`${HERE}?${new URLSearchParams({ setup_intent: id })}`)
    await expect(page.getByText('That payment method was not added by you')).toBeVisible()
  }
  await page.goto('/settings/billing')
  await expect(page.getByText('It is charged to Visa •••• 4242.')).toBeVisible()

  const own = await leaveMethod(email, 'pm_card_mastercard')
  await page.goto(`${HERE}?${new URLSearchParams({ setup_intent: own })}`)
  await expect(button(page, 'Use it')).toBeVisible()
  await expect(formOf(page).getByLabel('Card number')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(own))
  expect(await auditOf(sql, email)).not.toContain('payment_method.request_default')
  // What the form gives Stripe as its way back.
  const [, proof = ''] = /proof=([\w.-]+)/.exec(await page.content()) ?? []
  const secret = { setup_intent_client_secret: 'x', redirect_status: 'failed', proof }
  await page.goto(`${HERE}?${new URLSearchParams({ setup_intent: own, ...secret })}`)
  await expect(page.getByText(/is charged to your new card from now on/)).toBeVisible()
  await expect(page.getByText('It is charged to Mastercard •••• 4444.')).toBeVisible()
  await allIsDrained(sql)
  expect(await auditOf(sql, email)).toContain('payment_method.request_default')
})

function answer(page: Page, name: string) {
  return bankOf(page).getByRole('button', { name }).click()
}

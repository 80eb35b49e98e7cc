import { expect } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { newAddress, signInByMail } from './pages/people'
import { GREAT, onBill, SMALL } from './pages/plans'
import { allIsDrained, auditOf } from './pages/records'
import { subscriber } from './pages/signed-in'
import { billing } from './pages/strip'
import { PAYS, payWith, saveCard } from './pages/stripe'
import { chargesOf, renewNow } from './stack/support'

test.use({ javaScriptEnabled: false })

test('without JavaScript, Upgrade still leads to Checkout and back to a plan', async ({
  page,
  mailFor,
}) => {
  await page.goto('/pricing')
  await page.getByRole('radio', { name: /Yearly/ }).check({ force: true })
  await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
  await signInByMail(page, newAddress(), mailFor)
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(page.getByText(onBill(SMALL.prices.year)).first()).toBeVisible()
  await payWith(page, PAYS)
  await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
})

test(
  'without JavaScript a plan is changed, back too, canceled, kept, paused, resumed, and what is open is paid',
  SOAK,
  async ({ page, sql }) => {
    test.setTimeout(120_000)
    const email = await subscriber(page, SMALL, sql)
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    const said = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text })

    await test.step('to a greater plan, which is agreed to and paid at once', async () => {
      await page.goto('/settings/billing')
      await page.getByRole('link', { name: 'Change plan' }).click()
      await button(`Upgrade to ${GREAT.name}`).click()
      await page.getByRole('checkbox', { name: /^I agree to be charged/ }).check()
      await button(/^Confirm and pay /).click()
      await expect(said(`You are on ${GREAT.name} now.`)).toBeVisible()
    })

    await test.step('to a smaller one from the next period on, and back', async () => {
      await billing(page, sql)
      await page.getByRole('link', { name: 'Change plan' }).click()
      await button(`Switch to ${SMALL.name}`).click()
      await button('Plan this change').click()
      await expect(page.getByText(`Changes to ${SMALL.name} monthly on `)).toBeVisible()
      await button('Undo this change').click()
      await expect(page.getByText(`Changes to ${SMALL.name} monthly on `)).toHaveCount(0)
      await expect(page.getByRole('region', { name: 'Next charge' })).toBeVisible()
    })

    await test.step('canceled and kept', async () => {
      await page.getByRole('link', { name: 'Cancel plan' }).click()
      await page.getByRole('radio', { name: 'I do not use it enough' }).check()
      await button('Cancel plan').click()
      await expect(said(/^Canceled\./)).toBeVisible()
      await button(`Keep ${GREAT.name}`).click()
      await expect(said(`You keep ${GREAT.name}.`)).toBeVisible()
    })

    await test.step('paused and resumed', async () => {
      await page.getByRole('link', { name: 'Cancel plan' }).click()
      await page.getByLabel('For').selectOption('2')
      await button('Pause plan').click()
      await expect(page.getByText('Status: Paused', { exact: true })).toBeVisible()
      await button('Resume now').click()
      await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
    })

    const amount = onBill(GREAT.prices.month)
    const owes = page.getByText(`We could not charge ${amount} to your card.`)
    await test.step('what is open: refused with the reason, then paid by another card', async () => {
      await renewNow(email, 'pm_card_chargeCustomerFail')
      await billing(page, sql)
      await expect(owes).toBeVisible()
      await button(`Pay ${amount} now`).click()
      await expect(page.getByText('Your bank did not accept the payment.')).toBeVisible()
      await button('Use another card').click()
      await saveCard(page, PAYS)
      // Stripe's page leads back, and without a script what is open is paid by a press.
      await button(`Pay ${amount}`).click()
      await expect(said(`Paid. ${GREAT.name} is on.`)).toBeVisible()
      await expect(owes).toHaveCount(0)
      expect((await chargesOf(email)).at(-1)).toBe(GREAT.prices.month.amount)
    })

    await allIsDrained(sql)
    const asked = (await auditOf(sql, email)).filter((action) => action.includes('.request_'))
    expect(asked).toEqual([
      ...[
        'subscription.request_change',
        'subscription.request_change',
        'subscription.request_undo',
      ],
      ...['subscription.request_cancel', 'subscription.request_keep'],
      ...['subscription.request_pause', 'subscription.request_resume'],
      // Stripe's page has put the card to use itself.
      ...['invoice.request_payment', 'invoice.request_payment'],
    ])
  },
)

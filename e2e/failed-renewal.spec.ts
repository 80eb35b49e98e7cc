import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { GREAT, onBill } from './pages/plans'
import { allIsDrained } from './pages/records'
import { subscriber } from './pages/signed-in'
import { ALWAYS_ASKS, FAILS_LATER, PAYS, saveAskingCard, saveCard } from './pages/stripe'
import { advance } from './stack/sandbox'

test('a renewal that fails is paid where it is said: refused with the reason, then by another card, at once', async ({
  page,
  sql,
}) => {
  test.setTimeout(120_000)
  await subscriber(page, GREAT, sql)
  const amount = onBill(GREAT.prices.month)

  await test.step('a card that will fail is put to use', async () => {
    await page.goto('/settings/billing')
    await changeCard(page, FAILS_LATER)
    await expect(page.getByText(/is charged to your new card from now on/)).toBeVisible()
    await advance(31, 3)
    await allIsDrained(sql)
    await page.goto('/settings/billing')
    await expect(page.getByText(`We could not charge ${amount} to your card.`)).toBeVisible()
  })

  await test.step('pressed with the same card it says why, and stays open', async () => {
    await page.getByRole('button', { name: `Pay ${amount} now` }).click()
    await expect(page.getByText('Your bank did not accept the payment.')).toBeVisible()
    await expect(page.getByText(`We could not charge ${amount} to your card.`)).toBeVisible()
  })

  await test.step('another card pays it in the same breath', async () => {
    await changeCard(page, PAYS, 'Use another card')
    await expect(
      page.getByRole('status').filter({ hasText: `Paid. ${GREAT.name} is on.` }),
    ).toBeVisible()
    await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
    await expect(page.getByText(`We could not charge ${amount} to your card.`)).toHaveCount(0)
  })

  await test.step('a bank that wants to ask does so on Stripe’s page of the invoice', async () => {
    await page.getByRole('button', { name: 'Change card' }).click()
    await saveAskingCard(page, ALWAYS_ASKS)
    await expect(page.getByText(/is charged to your new card from now on/)).toBeVisible()
    await advance(31, 3)
    await allIsDrained(sql)
    await page.goto('/settings/billing')
    await page.getByRole('button', { name: `Pay ${amount} now` }).click()
    await expect(page).toHaveURL(/\/i\/in_/)
  })
})

/** Through Stripe's page of a card, and back to where it is put to use. */
async function changeCard(page: Page, number: string, button = 'Change card') {
  await page.getByRole('button', { name: button }).click()
  await saveCard(page, number)
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
}

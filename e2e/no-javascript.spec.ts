import { expect } from '@playwright/test'
import { test } from './fixtures'
import { newAddress, signInByMail } from './pages/people'
import { onBill, SMALL } from './pages/plans'
import { PAYS, payWith } from './pages/stripe'

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

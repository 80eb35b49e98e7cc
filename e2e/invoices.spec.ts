import { expect } from '@playwright/test'
import { test } from './fixtures'
import { onBill, SMALL } from './pages/plans'
import { allIsDrained } from './pages/records'
import { signIn, subscriber } from './pages/signed-in'
import { FAILS_LATER, PAYS, saveCard } from './pages/stripe'
import { advance } from './stack/sandbox'

test('every invoice is listed with its papers, and what is open is paid where it stands', async ({
  page,
  browser,
  sql,
}) => {
  test.setTimeout(120_000)
  await subscriber(page, SMALL, sql)
  const price = onBill(SMALL.prices.month)
  const others = page.getByRole('region', { name: 'Invoices' }).getByRole('listitem')

  await test.step('the first payment has a page, a PDF and a receipt', async () => {
    await page.goto('/settings/billing')
    await page.getByRole('navigation', { name: 'Settings' }).getByText('Invoices').click()
    await expect(page.getByRole('heading', { level: 1, name: 'Invoices' })).toBeVisible()
    await expect(others).toHaveCount(1)
    await expect(others.getByRole('heading', { name: 'First payment' })).toBeVisible()
    await expect(others.getByText('Status: Paid', { exact: true })).toBeVisible()
    const pdf = await others.getByRole('link', { name: /^PDF/ }).getAttribute('href')
    const file = await page.request.get(pdf ?? '')
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')
    await others.getByRole('link', { name: /^Receipt/ }).click()
    await expect(page.getByRole('heading', { name: /^Receipt/ })).toBeVisible()
    await page.goBack()
  })

  await test.step('a renewal that failed stands first, with what is open, and is paid there', async () => {
    await page.goto('/settings/billing')
    await page.getByRole('button', { name: 'Change card' }).click()
    await saveCard(page, FAILS_LATER)
    await expect(page.getByRole('heading', { level: 1, name: 'Billing' })).toBeVisible()
    await advance(31, 3)
    await allIsDrained(sql)
    await page.goto('/settings/billing/invoices')
    const unpaid = page.getByRole('region', { name: 'To pay' })
    await expect(unpaid.getByRole('heading', { name: 'Renewal' })).toBeVisible()
    await unpaid.getByRole('button', { name: `Pay ${price}` }).click()
    await expect(page.getByText('Your bank did not accept the payment.')).toBeVisible()
    await page.goto('/settings/billing')
    await page.getByRole('button', { name: 'Use another card' }).click()
    await saveCard(page, PAYS)
    await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
    await page.goto('/settings/billing/invoices')
    await expect(unpaid).toHaveCount(0)
    await expect(others).toHaveCount(2)
  })

  await test.step('another person sees none of it, also by its address', async () => {
    const receipt = await others
      .first()
      .getByRole('link', { name: /^Receipt/ })
      .getAttribute('href')
    const stranger = await (await browser.newContext()).newPage()
    await signIn(stranger, sql)
    await stranger.goto('/settings/billing/invoices')
    await expect(stranger.getByText('There are no invoices yet.')).toBeVisible()
    await stranger.goto(receipt ?? '')
    await expect(stranger.getByText('There is no receipt for that invoice.')).toBeVisible()
    await stranger.context().close()
  })
})

import { expect } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { onBill, SMALL } from './pages/plans'
import { allIsDrained } from './pages/records'
import { signIn, subscriber } from './pages/signed-in'
import { FAILS_LATER, fillCard, PAYS, saveCard } from './pages/stripe'
import { advance, control } from './stack/sandbox'
import { customerOf } from './stack/support'

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
    const other = await (await browser.newContext()).newPage()
    await signIn(other, sql)
    await other.goto('/settings/billing/invoices')
    await expect(other.getByText('There are no invoices yet.')).toBeVisible()
    await other.goto(receipt ?? '')
    await expect(other.getByText('There is no receipt for that invoice.')).toBeVisible()
    await other.context().close()
  })
})

// What the catalog sells of them.
const PACK = { name: '100 credits', units: 100, amount: 900 }

test(
  'credits stand beside the invoices, with a receipt, and say what of their money went back',
  SOAK,
  async ({ page, sql }) => {
    test.setTimeout(120_000)
    const email = await subscriber(page, SMALL, sql)
    const single = page.getByRole('region', { name: 'Single payments' }).getByRole('listitem')

    await test.step('they are paid once, and are there when their buyer is back', async () => {
      await page.goto('/settings/billing')
      await page.getByRole('button', { name: `Buy ${PACK.name}` }).click()
      await fillCard(page, PAYS)
      await page.getByRole('button', { name: /^Pay / }).click()
      await expect(page.getByText(`${PACK.units} left, for uses beyond your plan’s.`)).toBeVisible()
    })

    await test.step('their payment is listed beside the invoice of the plan, with its receipt', async () => {
      await page.goto('/settings/billing/invoices')
      await expect(single).toHaveCount(1)
      await expect(single.getByText('Status: Paid', { exact: true })).toBeVisible()
      await expect(single.getByRole('link', { name: /^Receipt/ })).toBeVisible()
      await expect(
        page.getByRole('region', { name: 'Invoices' }).getByRole('listitem'),
      ).toHaveCount(1)
    })

    await test.step('what is sent back of it is named, in part and whole', async () => {
      const { data } = await control('GET', `/v1/charges?customer=${await customerOf(email)}`)
      // The newest.
      const charge: { id: string } = data[0]
      const part = Math.floor(PACK.amount / 3)
      const refund = (amount: number) =>
        control(
          'POST',
          '/v1/refunds',
          new URLSearchParams({ charge: charge.id, amount: `${amount}` }),
        )
      await refund(part)
      await page.reload()
      await expect(single.getByText('Status: Partly refunded', { exact: true })).toBeVisible()
      await refund(PACK.amount - part)
      await page.reload()
      await expect(single.getByText('Status: Refunded', { exact: true })).toBeVisible()
      await allIsDrained(sql)
    })
  },
)

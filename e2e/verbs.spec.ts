import { expect } from '@playwright/test'
import { test } from './fixtures'
import { onBill, SMALL } from './pages/plans'
import { allIsDrained, auditOf } from './pages/records'
import { subscriber } from './pages/signed-in'

test('a plan is canceled in two presses, kept, paused and resumed, each on our own pages', async ({
  page,
  browser,
  sql,
}) => {
  const email = await subscriber(page, SMALL, sql)
  await page.goto('/settings/billing')

  await test.step('what is charged next is said with its day, and with what it is paid', async () => {
    const next = page.getByRole('region', { name: 'Next charge' })
    await expect(next.getByText(onBill(SMALL.prices.month), { exact: true })).toHaveCount(2)
    await expect(next.getByText('It is charged to Visa •••• 4242.')).toBeVisible()
  })

  await test.step('cancel: the button stands beside the reasons, and needs none', async () => {
    await page.getByRole('link', { name: 'Cancel plan' }).click()
    await expect(page.getByText(new RegExp(`^${SMALL.name} stays on until `))).toBeVisible()
    await page.getByRole('button', { name: 'Cancel plan' }).click()
    await expect(page.getByRole('status').filter({ hasText: /^Canceled\./ })).toBeVisible()
    await expect(page.getByText('Status: Ending', { exact: true })).toBeVisible()
  })

  await test.step('the page that was left, by Back, cancels nothing twice and takes nothing back', async () => {
    await page.goBack()
    await page.goForward()
    await expect(page.getByText('Status: Ending', { exact: true })).toBeVisible()
    await page.goto('/settings/billing/cancel')
    await expect(page.getByText(`${SMALL.name} is canceled already.`)).toBeVisible()
  })

  await test.step('keep: from the strip, in one press', async () => {
    await page.goto('/settings/billing')
    await page.getByRole('button', { name: `Keep ${SMALL.name}` }).click()
    await expect(
      page.getByRole('status').filter({ hasText: `You keep ${SMALL.name}.` }),
    ).toBeVisible()
    await expect(page.getByText('Renews on')).toBeVisible()
  })

  await test.step('pause for two months, and go on before that', async () => {
    await page.goto('/settings/billing/cancel')
    await page.getByLabel('For').selectOption('2')
    await page.getByRole('button', { name: 'Pause plan' }).click()
    await expect(page.getByText('Status: Paused', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Resume now' }).click()
    await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
  })

  await test.step('without a script it is the same two presses', async () => {
    const storageState = await page.context().storageState()
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState })
    const bare = await plain.newPage()
    await bare.goto('/settings/billing')
    await bare.getByRole('link', { name: 'Cancel plan' }).click()
    await bare.getByRole('radio', { name: 'I do not use it enough' }).check()
    await bare.getByRole('button', { name: 'Cancel plan' }).click()
    await expect(bare.getByText('Status: Ending', { exact: true })).toBeVisible()
    await plain.close()
  })

  await test.step('the trail says who asked for what', async () => {
    await allIsDrained(sql)
    const asked = (await auditOf(sql, email)).filter((action) => action.includes('.request_'))
    expect(asked).toEqual([
      'subscription.request_cancel',
      'subscription.request_keep',
      'subscription.request_pause',
      'subscription.request_resume',
      'subscription.request_cancel',
    ])
  })
})

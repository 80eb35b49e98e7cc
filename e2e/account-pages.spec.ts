import { expect } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout, signInByMail, somebody } from './pages/people'
import { SMALL } from './pages/plans'
import { subscribe } from './pages/stripe'

test('what was done stands in sentences, with who did it, and for nobody else', async ({
  page,
  browser,
  mailFor,
}) => {
  await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  await page.goto('/settings/billing/cancel')
  await page.getByRole('button', { name: 'Cancel plan' }).click()
  await expect(page.getByText('Status: Ending', { exact: true })).toBeVisible()

  await page.getByRole('navigation', { name: 'Settings' }).getByText('Activity').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible()
  const entries = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
  const asked = entries.filter({ hasText: 'Asked to cancel the plan at the end of its period.' })
  await expect(asked).toContainText('You · ')
  await expect(entries.filter({ hasText: `${SMALL.name} began.` })).toContainText('Stripe · ')
  await expect(entries.filter({ hasText: 'Your account was opened.' })).toBeVisible()
  const text = await page.getByRole('main').innerText()
  expect(text).not.toMatch(/[{}]|(cus|sub|in|evt)_/)

  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto('/sign-in?return=/settings/billing/activity')
  await signInByMail(stranger, somebody(), mailFor)
  await expect(stranger.getByRole('listitem')).toHaveCount(1)
  await expect(stranger.getByText('Your account was opened.')).toBeVisible()
  await stranger.context().close()
})

test('what was used stands by day, in a chart and in a table that says the same', async ({
  page,
  mailFor,
}) => {
  await page.goto('/sign-in?return=/settings/billing/usage')
  await signInByMail(page, somebody(), mailFor)
  await expect(page.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible()
  await expect(page.locator('figure rect')).toHaveCount(0)
  await page.goto('/reports')
  await page.getByLabel('Title').fill('November')
  await page.getByRole('button', { name: /^Make/ }).click()
  await expect(page.getByText('November')).toBeVisible()
  await page.goto('/settings/billing/usage')
  await expect(page.getByText('1 of 10 uses')).toBeVisible()
  await expect(page.locator('figure rect')).toHaveCount(1)
  const days = page.getByRole('table', { name: /Uses on each day/ })
  await expect(days.getByRole('columnheader')).toHaveText(['Day', 'Uses'])
  await expect(days.getByRole('row').nth(1).getByRole('cell')).toHaveText('1')
})

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
  const text = await page.getByRole('main').textContent()
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
  await expect(page.getByRole('status').getByText('Your report is ready.')).toBeVisible()
  await page.goto('/settings/billing/usage')
  await expect(page.getByText('1 of 10 uses')).toBeVisible()
  await expect(page.locator('figure rect')).toHaveCount(1)
  const days = page.getByRole('table', { name: /Uses on each day/ })
  await expect(days.getByRole('columnheader')).toHaveText(['Day', 'Uses'])
  await expect(days.getByRole('row').nth(1).getByRole('cell')).toHaveText('1')
})

test('what stands on invoices is changed on our page; what is refused is said at its field, and what was typed stays', async ({
  page,
  mailFor,
}) => {
  await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  await page.goto('/settings/billing')
  await page.getByRole('link', { name: 'Billing details' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Billing details' })).toBeVisible()

  await page.getByLabel('Name').fill('Analytical Engines')
  await page.getByLabel('City').fill('London')
  await page.getByRole('button', { name: 'Save details' }).click()
  const country = page.getByLabel('Country')
  await expect(country).toHaveAttribute('aria-invalid', 'true')
  await expect(country).toHaveAccessibleDescription(/An address needs its country/)
  await expect(page.getByLabel('Name')).toHaveValue('Analytical Engines')
  await expect(page.getByLabel('City')).toHaveValue('London')
  expect(page.url()).not.toContain('London')

  await country.selectOption('GB')
  await page.getByRole('button', { name: 'Save details' }).click()
  await expect(page.getByText('This is what stands on your invoices now.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('City')).toHaveValue('London')

  await page.getByLabel('Type').selectOption('gb_vat')
  await page.getByLabel('Number').fill('GB1')
  await page.getByRole('button', { name: 'Add tax id' }).click()
  const number = page.getByLabel('Number')
  await expect(number).toHaveAccessibleDescription(/Stripe does not take that number/)
  await expect(number).toHaveValue('GB1')
  await number.fill('GB123456789')
  await page.getByRole('button', { name: 'Add tax id' }).dblclick()
  const ids = page.getByRole('list', { name: 'Your tax ids' }).getByRole('listitem')
  await expect(ids).toHaveCount(1)
  await ids.getByRole('button', { name: 'Remove GB123456789' }).click()
  await expect(page.getByText('There is none on your invoices.')).toBeVisible()

  await page.goto('/settings/billing/activity')
  await expect(page.getByText('Asked to change what stands on invoices.')).toBeVisible()
  await expect(page.getByText('London')).toHaveCount(0)
})

import { expect } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout, newAddress, signInByMail } from './pages/people'
import { SMALL } from './pages/plans'
import { subscribe } from './pages/stripe'
import { control } from './stack/sandbox'

test('what was done stands in sentences, with who did it, and for no one else', async ({
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

  const other = await (await browser.newContext()).newPage()
  await other.goto('/sign-in?return=/settings/billing/activity')
  await signInByMail(other, newAddress(), mailFor)
  await expect(other.getByRole('listitem')).toHaveCount(1)
  await expect(other.getByText('Your account was opened.')).toBeVisible()
  await other.context().close()
})

test('what was used stands by day, in a chart and in a table that says the same', async ({
  page,
  mailFor,
}) => {
  await page.goto('/sign-in?return=/settings/billing/usage')
  await signInByMail(page, newAddress(), mailFor)
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
  await page.getByRole('button', { name: 'Add tax ID' }).click()
  const number = page.getByLabel('Number')
  await expect(number).toHaveAccessibleDescription(/Stripe does not take that number/)
  await expect(number).toHaveValue('GB1')
  await number.fill('GB123456789')
  await page.getByRole('button', { name: 'Add tax ID' }).dblclick()
  const ids = page.getByRole('list', { name: 'Your tax IDs' }).getByRole('listitem')
  await expect(ids).toHaveCount(1)
  await ids.getByRole('button', { name: 'Remove GB123456789' }).click()
  await expect(page.getByText('There is none on your invoices.')).toBeVisible()

  await page.goto('/settings/billing/activity')
  await expect(page.getByText('Asked to change what stands on invoices.')).toBeVisible()
  await expect(page.getByText('London')).toHaveCount(0)
})

test('emails that no one is owed are turned off in the account, and by the link in one without signing in', async ({
  page,
  browser,
  mailFor,
  drain,
}) => {
  const email = newAddress()
  await page.goto('/sign-in?return=/settings/account')
  await signInByMail(page, email, mailFor)
  const usage = page
    .getByRole('list', { name: 'Emails that you can choose' })
    .getByRole('listitem')
    .filter({ hasText: 'Usage' })
  await expect(usage.getByRole('heading', { name: 'Usage, on' })).toBeVisible()
  await usage.getByRole('button', { name: /^Turn off.*Usage$/ }).click()
  await expect(usage.getByRole('heading', { name: 'Usage, off' })).toBeVisible()
  await usage.getByRole('button', { name: /^Turn on.*Usage$/ }).click()
  await expect(usage.getByRole('heading', { name: 'Usage, on' })).toBeVisible()

  await page.goto('/reports')
  for (let n = 1; n <= 8; n += 1) {
    await page.getByLabel('Title').fill(`Report ${n}`)
    await page.getByRole('button', { name: 'Make report' }).click()
    await expect(page.getByText(`Report ${n}`, { exact: true })).toBeVisible()
  }
  await drain()
  const { text } = await mailFor(email)
  const [link = ''] = /http\S+unsubscribe\S+/.exec(text) ?? []
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const other = await plain.newPage()
  await other.goto(link)
  await page.goto('/settings/account')
  await expect(usage.getByRole('heading', { name: 'Usage, on' })).toBeVisible()
  await other.getByRole('button', { name: 'Turn them off' }).click()
  await expect(other.getByText('No more emails about your usage.')).toBeVisible()
  await plain.close()
  await page.reload()
  await expect(usage.getByRole('heading', { name: 'Usage, off' })).toBeVisible()
})

test('a copy of one’s data is downloaded, and the account deleted: the plan ends, and everyone is signed out', async ({
  page,
  browser,
  mailFor,
  sql,
  drain,
}) => {
  const email = await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  await page.goto('/settings/account')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download your data' }).click()
  const file = await (await download).createReadStream()
  const copy = JSON.parse(Buffer.concat(await file.toArray()).toString())
  expect(copy).toMatchObject({ user: { email }, subscriptions: [{ status: 'active' }] })

  const other = await browser.newContext({ storageState: await page.context().storageState() })
  await page.getByRole('link', { name: 'Delete account…' }).click()
  await expect(page.getByText(/ends at once, although it would last until/)).toBeVisible()
  const field = page.getByLabel(/^To confirm, type/)
  await field.fill('not.me@example.test')
  await page.getByRole('button', { name: 'Delete account' }).click()
  await expect(field).toHaveAccessibleDescription(/not the email address of this account/)
  await expect(field).toHaveValue('not.me@example.test')

  // As if they had signed in an hour ago.
  await sql`update sessions set created_at = now() - interval '1 hour'
    where user_id = (select id from users where email = ${email})`
  await page.reload()
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await signInByMail(page, email, mailFor)
  // A second tab, in which the same is about to be pressed.
  const tab = await page.context().newPage()
  await tab.goto('/settings/account/delete')
  for (const each of [page, tab]) await each.getByLabel(/^To confirm, type/).fill(email)
  for (const each of [page, tab]) {
    await each.getByRole('button', { name: 'Delete account' }).click()
    await expect(
      each.getByRole('heading', { name: 'Your account is being deleted.' }),
    ).toBeVisible()
  }
  await tab.close()
  // Back, and whatever else of theirs is opened here: what became of the account is said, and it is no error.
  await page.goBack()
  const why = page.getByRole('status').filter({ hasText: 'You asked for your account' })
  await expect(why).toContainText('signed out everywhere')
  await page.goto('/settings/billing')
  await expect(why).toBeVisible()

  const elsewhere = await other.newPage()
  await elsewhere.goto('/settings/billing')
  await expect(elsewhere).toHaveURL(/\/sign-in/)
  await expect(elsewhere.getByRole('status')).toContainText('You are not signed in any more.')
  await other.close()
  await expect
    .poll(async () => {
      await drain()
      const [row] = await sql<
        { n: number }[]
      >`select count(*)::int as n from users where email = ${email}`
      return row?.n
    })
    .toBe(0)
  const subscription = await control('GET', `/v1/subscriptions/${copy.subscriptions[0].id}`)
  expect(subscription.status).toBe('canceled')
})

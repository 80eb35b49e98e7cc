import { expect } from '@playwright/test'
import { test } from './fixtures'
import { goToCheckout } from './pages/people'
import { SMALL } from './pages/plans'
import { subscribe } from './pages/stripe'
import { pauseDeliveries } from './stack/sandbox'
import { variable } from './stack/variable'

test('a user who presses Manage at Stripe after their customer was deleted at Stripe reads that, and is led to the plans', async ({
  page,
  mailFor,
  sql,
}) => {
  const email = await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  await page.goto('/settings/billing')
  const [row] = await sql`select c.id from customers c
    join memberships m on m.workspace_id = c.workspace_id
    join users u on u.id = m.user_id where u.email = ${email}`
  // No webhook: the page that is open knows nothing of it.
  await pauseDeliveries()
  const headers = { Authorization: `Bearer ${variable('STRIPE_SECRET_KEY')}` }
  const address = `${variable('SANDBOX_URL')}/v1/customers/${row?.id}`
  expect((await fetch(address, { method: 'DELETE', headers })).status).toBe(200)

  await page.getByRole('button', { name: 'Manage at Stripe' }).click()
  await expect(page).toHaveURL(/\/settings\/billing\/plans/)
  const alert = page.getByRole('alert').filter({ hasText: 'billing account' })
  await expect(alert).toContainText('Your billing account was deleted at Stripe.')
  await expect(alert).toContainText('Choose a plan to begin anew.')
  await expect(page.getByText('There is no billing account yet.')).toHaveCount(0)
})

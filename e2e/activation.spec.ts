import { expect } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { goToCheckout } from './pages/people'
import { GREAT, SMALL } from './pages/plans'
import { allIsDrained } from './pages/records'
import {
  ASKS_THE_BANK,
  cancelSubscription,
  leavePortal,
  openPortal,
  PAYS,
  payWith,
  subscribe,
} from './pages/stripe'
import { pauseDeliveries } from './stack/sandbox'

test('a plan is on when the webhook never comes: coming back from Checkout is enough', async ({
  page,
  mailFor,
}) => {
  await pauseDeliveries()
  await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  const status = await page.request.get('/api/billing/status')
  expect(await status.json()).toMatchObject({
    tier: SMALL.tier,
    status: 'active',
    cancel_at_period_end: false,
  })
})

test('a plan is on when the customer does not come back from Checkout: the webhook is enough', async ({
  page,
  mailFor,
  sql,
}) => {
  await goToCheckout(page, GREAT.name, mailFor)
  await page.route('**/checkout/return**', (route) => route.abort())
  await payWith(page, PAYS)
  await expect
    .poll(async () => (await page.request.get('/api/billing/status')).json())
    .toMatchObject({
      tier: GREAT.tier,
      status: 'active',
      features: expect.arrayContaining(['api_access']),
    })
  await allIsDrained(sql)
})

test(
  'what was changed in the portal shows on return, even when no webhook comes',
  SOAK,
  async ({ page, mailFor }) => {
    await goToCheckout(page, SMALL.name, mailFor)
    await subscribe(page, SMALL.name)
    await page.goto('/settings/billing')
    await pauseDeliveries()
    await openPortal(page)
    await cancelSubscription(page)
    await leavePortal(page)
    await expect(page.getByText(new RegExp(`^${SMALL.name} ends on `))).toBeVisible()
  },
)

test('a card whose bank asks first is paid with after the bank was answered', async ({
  page,
  mailFor,
}) => {
  await goToCheckout(page, SMALL.name, mailFor)
  await payWith(page, ASKS_THE_BANK)
  await page.getByRole('button', { name: 'Fail authentication' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await payWith(page, ASKS_THE_BANK)
  await page.getByRole('button', { name: 'Complete authentication' }).click()
  await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
})

test('a subscriber is sent to change their plan, and never sold a second', async ({
  page,
  mailFor,
}) => {
  await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  await page.goto('/pricing')
  await page.getByRole('button', { name: `Upgrade to ${GREAT.name}` }).click()
  await expect(page).toHaveURL(/\/settings\/billing\/plans/)
})

test('the page of another customer’s checkout says nothing', async ({ page, browser, mailFor }) => {
  await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
  const address = page.url()
  const signedOut = await browser.newPage()
  await signedOut.goto(address)
  await expect(signedOut).toHaveURL(/\/sign-in/)
  await signedOut.close()
  const other = await browser.newPage()
  await goToCheckout(other, SMALL.name, mailFor)
  await other.goto(address)
  await expect(other.getByText('We cannot find that checkout for this account.')).toBeVisible()
  expect(await (await other.request.get('/api/billing/status')).json()).toMatchObject({
    tier: 'free',
    status: 'none',
  })
  await other.close()
})

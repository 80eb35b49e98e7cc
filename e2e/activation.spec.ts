import { expect } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { GREAT, SMALL } from './pages/plans'
import { allIsDrained } from './pages/records'
import { chooseSignedIn } from './pages/signed-in'
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
  sql,
}) => {
  await pauseDeliveries()
  await chooseSignedIn(page, SMALL.name, sql)
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
  sql,
}) => {
  await chooseSignedIn(page, GREAT.name, sql)
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
  async ({ page, sql }) => {
    await chooseSignedIn(page, SMALL.name, sql)
    await subscribe(page, SMALL.name)
    await page.goto('/settings/billing')
    await pauseDeliveries()
    await openPortal(page)
    await cancelSubscription(page)
    await leavePortal(page)
    await expect(page.getByText(new RegExp(`^${SMALL.name} ends on `))).toBeVisible()
  },
)

test(
  'a card whose bank asks first is paid with after the bank was answered',
  SOAK,
  async ({ page, sql }) => {
    await chooseSignedIn(page, SMALL.name, sql)
    await payWith(page, ASKS_THE_BANK)
    await page.getByRole('button', { name: 'Fail authentication' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await payWith(page, ASKS_THE_BANK)
    await page.getByRole('button', { name: 'Complete authentication' }).click()
    await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
  },
)

test('a subscriber is sent to change their plan, and never sold a second', async ({
  page,
  sql,
}) => {
  await chooseSignedIn(page, SMALL.name, sql)
  await subscribe(page, SMALL.name)
  await page.goto('/pricing')
  await page.getByRole('button', { name: `Upgrade to ${GREAT.name}` }).click()
  await expect(page).toHaveURL(/\/settings\/billing\/plans/)
})

test('the page of another customer’s checkout says nothing', async ({ page, browser, sql }) => {
  await chooseSignedIn(page, SMALL.name, sql)
  await subscribe(page, SMALL.name)
  const address = page.url()
  const signedOut = await browser.newPage()
  await signedOut.goto(address)
  await expect(signedOut).toHaveURL(/\/sign-in/)
  await signedOut.close()
  const other = await browser.newPage()
  await chooseSignedIn(other, SMALL.name, sql)
  await other.goto(address)
  await expect(other.getByText('We cannot find that checkout for this account.')).toBeVisible()
  expect(await (await other.request.get('/api/billing/status')).json()).toMatchObject({
    tier: 'free',
    status: 'none',
  })
  await other.close()
})

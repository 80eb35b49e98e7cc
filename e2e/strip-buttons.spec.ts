import { expect } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { GREAT, SMALL } from './pages/plans'
import { allIsDrained } from './pages/records'
import { billing, status, strip } from './pages/strip'
import { PAYS, saveCard, subscribe } from './pages/stripe'
import { raisePrice } from './stack/raise-price'
import { control, sandboxNow } from './stack/sandbox'
import { attach, give, newCustomer, type Person, post } from './stack/subscriptions'

// As in strips.spec.ts: a state is there, its strip says so, one button of it is pressed, and the state is another one.
const MONTHLY = SMALL.lookupKeys.month

let me: Person

test.beforeEach(async ({ context, sql, baseURL }) => {
  me = await newCustomer(context, sql, baseURL ?? '')
})

test(
  'a first payment that its bank asks about is paid by another card',
  SOAK,
  async ({ page, sql }) => {
    await attach(me, 'pm_card_authenticationRequired')
    await give(me, MONTHLY)
    await billing(page, sql)
    const asks = strip(page, 'Your bank has not confirmed the first payment.')
    await asks.getByRole('button', { name: 'Use another card' }).click()
    await saveCard(page, PAYS)
    await expect(page.getByRole('status').filter({ hasText: /^Paid\./ })).toBeVisible()
    await expect(asks).toHaveCount(0)
    expect(await status(page)).toMatchObject({ tier: SMALL.tier, status: 'active' })
  },
)

test('a change that waits for its payment is paid by the same button once the card can', async ({
  page,
  sql,
}) => {
  await attach(me, 'pm_card_visa')
  const { id } = await give(me, MONTHLY)
  const failing = await attach(me, 'pm_card_chargeCustomerFail')
  await post(`/v1/subscriptions/${id}`, { default_payment_method: failing })
  await billing(page, sql)
  await page.goto(`/settings/billing/plans/confirm?tier=${GREAT.tier}&interval=month`)
  await page.getByRole('checkbox', { name: /^I agree to be charged/ }).check()
  await page.getByRole('button', { name: /^Confirm and pay / }).click()
  await expect(page.getByText('Your bank did not accept the payment.')).toBeVisible()
  await page.goto('/settings/billing')
  const waits = strip(page, `${GREAT.name} waits for its payment.`)
  await waits.getByRole('button', { name: /^Pay .+ now$/ }).click()
  await expect(page.getByText('Your bank did not accept the payment.')).toBeVisible()
  await expect(waits).toBeVisible()
  const paying = await attach(me, 'pm_card_visa')
  await post(`/v1/subscriptions/${id}`, { default_payment_method: paying })
  await waits.getByRole('button', { name: /^Pay .+ now$/ }).click()
  await expect(page.getByRole('heading', { name: GREAT.name, level: 2 })).toBeVisible()
  await expect(waits).toHaveCount(0)
  expect(await status(page)).toMatchObject({ tier: GREAT.tier, status: 'active' })
})

test('a plan that has ended: another one is chosen, and it is on', SOAK, async ({ page, sql }) => {
  await attach(me, 'pm_card_visa')
  const { id } = await give(me, MONTHLY)
  await control('DELETE', `/v1/subscriptions/${id}`)
  await billing(page, sql)
  const over = strip(page, 'Your plan ended on')
  await over.getByRole('link', { name: 'Choose a plan' }).click()
  await page.getByRole('button', { name: `Upgrade to ${GREAT.name}` }).click()
  await subscribe(page, GREAT.name)
  await billing(page, sql)
  await expect(over).toHaveCount(0)
  expect(await status(page)).toMatchObject({ tier: GREAT.tier, status: 'active' })
})

test(
  'a price that an operator raises: announced, and never charged by another choice',
  SOAK,
  async ({ page, sql }) => {
    await attach(me, 'pm_card_visa')
    const { data } = await control('GET', `/v1/prices?lookup_keys[0]=${MONTHLY}`)
    const old = await post('/v1/prices', {
      ...{ product: data[0].product, currency: data[0].currency, unit_amount: '1500' },
      ...{ 'recurring[interval]': 'month', 'metadata[tier]': SMALL.tier },
      'metadata[app]': 'ledgerline',
    })
    await post('/v1/subscriptions', {
      ...{ customer: me.customer, 'items[0][price]': old.id },
      ...{ 'metadata[app]': 'ledgerline', 'metadata[env]': 'test' },
    })
    await allIsDrained(sql)
    await raisePrice(old.id, data[0].id, me.customer)
    await billing(page, sql)
    const announced = strip(page, `The price of ${SMALL.name} changes on`)
    await expect(announced).toContainText('If you cancel or choose another plan before')
    await page.getByRole('link', { name: 'Change plan' }).click()
    await page.getByRole('button', { name: `Upgrade to ${GREAT.name}` }).click()
    await page.getByRole('checkbox', { name: /^I agree to be charged/ }).check()
    await page.getByRole('button', { name: /^Confirm and pay / }).click()
    await expect(page.getByRole('heading', { name: GREAT.name, level: 2 })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Next charge' })).toBeVisible()
    await expect(announced).toHaveCount(0)
  },
)

test(
  'a paused plan that is set to end is kept, and waits as before',
  SOAK,
  async ({ page, sql }) => {
    const { id } = await give(me, MONTHLY, {
      ...{ trial_period_days: '3' },
      'trial_settings[end_behavior][missing_payment_method]': 'pause',
    })
    await post(`/v1/subscriptions/${id}`, { trial_end: 'now' })
    // Its period is over, so it ends on a day.
    const day = Math.floor((await sandboxNow()).getTime() / 1000) + 40 * 86_400
    await post(`/v1/subscriptions/${id}`, { cancel_at: `${day}` })
    await billing(page, sql)
    const ending = strip(page, 'keep it first, and then resume it.')
    await ending.getByRole('button', { name: `Keep ${SMALL.name}` }).click()
    await expect(ending).toHaveCount(0)
    await expect(strip(page, `${SMALL.name} is paused.`)).toBeVisible()
    expect(await status(page)).toMatchObject({ status: 'paused', cancel_at: null })
  },
)

test(
  'a state that the page does not know: Stripe is asked again, and the plan is shown as it is',
  SOAK,
  async ({ page, sql }) => {
    await attach(me, 'pm_card_visa')
    const { id } = await give(me, MONTHLY)
    await billing(page, sql)
    // Stripe has no such status yet: what our records would say of it.
    await sql`update subscriptions set status = 'unknown' where id = ${id}`
    await page.reload()
    const asks = strip(page, 'Stripe reports a state that this page does not know yet.')
    await expect(asks.getByRole('link', { name: 'Write to support' })).toBeVisible()
    await asks.getByRole('button', { name: 'Ask Stripe again' }).click()
    await expect(page.getByText('This page shows what Stripe says now.')).toBeVisible()
    await expect(asks).toHaveCount(0)
    expect(await status(page)).toMatchObject({ tier: SMALL.tier, status: 'active' })
  },
)

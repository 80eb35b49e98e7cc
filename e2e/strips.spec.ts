import { expect } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { GREAT, onBill, SMALL } from './pages/plans'
import { billing, status, strip } from './pages/strip'
import { PAYS, saveCard, subscribe } from './pages/stripe'
import { advance, control, sandboxNow } from './stack/sandbox'
import { attach, give, newCustomer, type Person, post, setRetries } from './stack/subscriptions'

// Each row: a state is there, its strip says so, its remedy is pressed, and the state is another one.
const AMOUNT = onBill(SMALL.prices.month)
const MONTHLY = SMALL.lookupKeys.month

let me: Person

test.beforeEach(async ({ context, sql, baseURL }) => {
  me = await newCustomer(context, sql, baseURL ?? '')
})

test('a first payment that its bank asks about: confirmed, or given up at once', async ({
  page,
  sql,
}) => {
  const asks = 'Your bank has not confirmed the first payment.'
  await attach(me, 'pm_card_authenticationRequired')
  await give(me, MONTHLY)
  await billing(page, sql)
  await expect(strip(page, asks)).toBeVisible()

  await test.step('given up, nothing is in the way of another purchase', async () => {
    await page.getByRole('link', { name: 'Give it up' }).click()
    await page.getByRole('button', { name: 'Cancel plan now' }).click()
    await page.waitForURL(/\/settings\/billing\?/)
    await expect(strip(page, asks)).toHaveCount(0)
    await billing(page, sql)
    await expect(page.getByText('Last plan ended on')).toHaveCount(0)
    await page.getByRole('link', { name: 'Choose a plan' }).first().click()
    await page.getByRole('button', { name: `Upgrade to ${GREAT.name}` }).click()
    await expect(page.getByLabel('Card number')).toBeVisible()
  })

  await test.step('confirmed, the plan is on', async () => {
    await give(me, MONTHLY)
    await billing(page, sql)
    await page.getByRole('link', { name: 'Confirm with your bank' }).click()
    await page
      .getByRole('button', { name: new RegExp(`^Pay \\${AMOUNT} with`) })
      .first()
      .click()
    await page.getByRole('button', { name: 'Complete authentication' }).click()
    await expect(page.getByRole('button', { name: 'Complete authentication' })).toHaveCount(0)
    await billing(page, sql)
    await expect(strip(page, asks)).toHaveCount(0)
    expect(await status(page)).toMatchObject({ tier: SMALL.tier, status: 'active' })
  })
})

test(
  'a payment that is disputed at its bank: the way leads to the invoices, and it is said until it is decided',
  SOAK,
  async ({ page, drain }) => {
    const disputed = strip(page, 'A payment of yours is disputed at its bank.')
    await attach(me, 'pm_card_createDispute')
    await give(me, MONTHLY)
    await advance(0, 1)
    // A dispute is of a charge; its customer is read by the minute's drain.
    const seen = (times: number) =>
      expect(async () => {
        await drain()
        await page.goto('/settings/billing')
        await expect(disputed).toHaveCount(times, { timeout: 2_000 })
      }).toPass()
    await seen(1)
    await page.getByRole('link', { name: 'See your invoices' }).click()
    await page.waitForURL('/settings/billing/invoices')
    await expect(page.getByText('Status: Disputed', { exact: true })).toBeVisible()

    const charges = await control('GET', `/v1/charges?customer=${me.customer}`)
    const disputes = await control('GET', `/v1/disputes?charge=${charges.data[0].id}`)
    await post(`/v1/disputes/${disputes.data[0].id}`, {
      ...{ 'evidence[uncategorized_text]': 'winning_evidence', submit: 'true' },
    })
    await seen(0)
    // So that no renewal in another story is disputed, too.
    await attach(me, 'pm_card_visa')
  },
)

test('a second subscription that is charged, too: one press leads to its end, and one is left', async ({
  page,
  sql,
}) => {
  await attach(me, 'pm_card_visa')
  await give(me, MONTHLY)
  await give(me, GREAT.lookupKeys.month)
  await billing(page, sql)
  const two = strip(page, 'You have two subscriptions, and each is charged.')
  await expect(two).toBeVisible()
  await page.getByRole('button', { name: 'Cancel the other one' }).click()
  await page.getByRole('button', { name: 'Cancel subscription' }).click()
  await billing(page, sql)
  await expect(page.getByRole('heading', { name: GREAT.name, level: 2 })).toBeVisible()
  await expect(two).toHaveCount(0)
})

test(
  'all uses of a month are spent: a greater plan is bought, and they are not',
  SOAK,
  async ({ page, sql }) => {
    await page.goto('/settings/billing')
    const { usage } = await status(page)
    await sql`insert into usage_counters (workspace_id, period_start, used)
    values (${me.id}, date_trunc('month', ${await sandboxNow()}::timestamptz, 'UTC'), ${usage.limit})`
    await billing(page, sql)
    const spent = strip(page, 'uses of this month are spent.')
    await expect(spent).toBeVisible()
    await spent.getByRole('link', { name: `Upgrade to ${SMALL.name}` }).click()
    await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
    await subscribe(page, SMALL.name)
    await billing(page, sql)
    await expect(page.getByText('Status: Active', { exact: true })).toBeVisible()
    await expect(spent).toHaveCount(0)
  },
)

test('a plan that is paused because its trial ended without a card: a card is added, and it goes on', async ({
  page,
  sql,
}) => {
  const { id } = await give(me, MONTHLY, {
    ...{ trial_period_days: '3' },
    'trial_settings[end_behavior][missing_payment_method]': 'pause',
  })
  await post(`/v1/subscriptions/${id}`, { trial_end: 'now' })
  await billing(page, sql)
  const paused = strip(page, `${SMALL.name} is paused.`)
  await expect(paused).toBeVisible()
  await page.getByRole('button', { name: 'Add a card and go on' }).click()
  await saveCard(page, PAYS)
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
  await expect(paused).toHaveCount(0)
  expect(await status(page)).toMatchObject({ tier: SMALL.tier, status: 'active' })
})

test(
  'a trial without a card: one is added, and its end is a charge',
  SOAK,
  async ({ page, sql }) => {
    await give(me, MONTHLY, { trial_period_days: '10' })
    await billing(page, sql)
    await expect(
      strip(page, `${AMOUNT} is due then, and there is no card on file yet.`),
    ).toBeVisible()
    await page.getByRole('button', { name: 'Add a card' }).click()
    await saveCard(page, PAYS)
    await expect(strip(page, `${AMOUNT} is charged then, unless you cancel before.`)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add a card' })).toHaveCount(0)
  },
)

test(
  'a card that is over by the next charge: another is added, and nothing is said any more',
  SOAK,
  async ({ page, sql }) => {
    const now = await sandboxNow()
    await attach(me, {
      ...{ type: 'card', 'card[number]': PAYS.replaceAll(' ', ''), 'card[cvc]': '123' },
      'card[exp_month]': `${now.getUTCMonth() + 1}`,
      'card[exp_year]': `${now.getUTCFullYear()}`,
    })
    await give(me, MONTHLY)
    await billing(page, sql)
    const over = strip(page, /is good until .+, and the next charge is on/)
    await expect(over).toBeVisible()
    await over.getByRole('button', { name: 'Change card' }).click()
    await saveCard(page, PAYS)
    await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Next charge' })).toBeVisible()
    await expect(over).toHaveCount(0)
  },
)

// Last: it moves the clock by which every customer of the sandbox lives.
test(
  'a plan that is off until it is paid: refused by the same card, paid by another, and on again',
  SOAK,
  async ({ page, sql }) => {
    test.setTimeout(120_000)
    await attach(me, 'pm_card_visa')
    await give(me, MONTHLY)
    await attach(me, 'pm_card_chargeCustomerFail')
    await setRetries({ after_retries: 'mark_unpaid', retry_days: [] })
    await advance(32, 3)
    await setRetries({ after_retries: 'cancel', retry_days: [3, 5, 7] })
    await billing(page, sql)
    const off = strip(page, `${SMALL.name} is off until the payment of ${AMOUNT} is paid.`)
    await expect(off).toBeVisible()
    await page.getByRole('button', { name: `Pay ${AMOUNT} and restore` }).click()
    await expect(page.getByText('Your bank did not accept the payment.')).toBeVisible()
    await off.getByRole('button', { name: 'Use another card' }).click()
    await saveCard(page, PAYS)
    await expect(page.getByRole('status').filter({ hasText: /^Paid\./ })).toBeVisible()
    await expect(off).toHaveCount(0)
    expect(await status(page)).toMatchObject({ tier: SMALL.tier, status: 'active' })
  },
)

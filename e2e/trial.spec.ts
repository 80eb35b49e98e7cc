import { expect, type Page } from '@playwright/test'
import { test } from './fixtures'
import { newAddress, signInByMail } from './pages/people'
import { GREAT, onBill, SMALL } from './pages/plans'
import { allIsDrained, runDrain } from './pages/records'
import { fillCard, PAYS } from './pages/stripe'
import { buildOther, serveOther } from './stack/other-catalog'
import { control } from './stack/sandbox'
import { chargesOf, customerOf } from './stack/support'

const PRICE = onBill(SMALL.prices.month)
const TRY = `Try ${SMALL.name} for 14 days`
const TERMS = `Then ${PRICE} a month, unless you cancel before. One trial per person and card.`

let shop: Awaited<ReturnType<typeof serveOther>>

test.beforeAll(async () => {
  // A production build, beside whatever else this machine does.
  test.setTimeout(600_000)
  const sold = "highlight: 'Recommended',"
  await buildOther([['lib/catalog/plans.ts', sold, `${sold} trialDays: 14,`]])
  shop = await serveOther()
})
// The build may have failed, and that is what is to be said then.
test.afterAll(() => shop?.stop())

/** From the pricing page to Stripe's with a trial, signing in on the way. */
async function tryIt(page: Page, mailFor: Parameters<typeof signInByMail>[2]) {
  const email = newAddress()
  await page.goto(`${shop.base}/pricing`)
  await page.getByRole('button', { name: TRY }).click()
  await signInByMail(page, email, mailFor)
  await expect(page.getByLabel('Card number')).toBeVisible()
  return email
}

async function drained(sql: Parameters<typeof allIsDrained>[0]) {
  await runDrain(shop.base)
  await allIsDrained(sql, shop.base)
}

test('a trial that the catalog sells: its terms stand before each press and after it, and each person and card has one', async ({
  page,
  browser,
  mailFor,
  sql,
}) => {
  test.setTimeout(180_000)
  let email = ''

  await test.step('the pricing page says how long, what follows, and for whom', async () => {
    await page.goto(`${shop.base}/pricing`)
    const card = page.getByRole('article', { name: SMALL.name })
    await expect(card).toContainText('14 days free')
    await expect(card).toContainText(TERMS)
    await expect(page.getByRole('button', { name: `Upgrade to ${GREAT.name}` })).toBeVisible()
  })

  await test.step('so do the step before paying, with its day, and Stripe’s page', async () => {
    email = await tryIt(page, mailFor)
    await expect(page.getByText(/^Free until /)).toBeVisible()
    const address = page.url()
    await page.goto(`${shop.base}/checkout/continue?plan=${SMALL.tier}&interval=month&left=1`)
    await expect(page.getByText(/^14 days free, until .+\d{4}\. Then /)).toContainText(TERMS)
    await expect(page.getByText('After the trial')).toBeVisible()
    await page.goto(address)
  })

  await test.step('coming back it says when the trial ends and what follows, and never that something was paid', async () => {
    await fillCard(page, PAYS)
    await page.getByRole('button', { name: 'Start trial' }).click()
    await expect(
      page.getByRole('heading', { name: `Your trial of ${SMALL.name} has started.` }),
    ).toBeVisible()
    await expect(page.getByText('Nothing was charged.')).toBeVisible()
    await expect(
      page.getByText(`${PRICE} is charged then, unless you cancel before.`),
    ).toBeVisible()
    const receipt = page.getByRole('main')
    await expect(receipt).toContainText('First charge on')
    await expect(receipt).not.toContainText('$0.00')
    await expect(receipt.getByText('Paid', { exact: true })).toHaveCount(0)
    await drained(sql)
    expect(await chargesOf(email)).toEqual([])
  })

  await test.step('another plan is reviewed without a charge: the trial goes on', async () => {
    await page.goto(`${shop.base}/settings/billing/plans/confirm?tier=${GREAT.tier}&interval=month`)
    await expect(page.getByText('Nothing to pay today. Your trial goes on as it is.')).toBeVisible()
    await expect(page.getByText(/^After the trial, on /)).toBeVisible()
    await expect(page.getByRole('checkbox')).toHaveCount(0)
    await page.getByRole('button', { name: /^Change to / }).click()
    await expect(page.getByRole('heading', { name: GREAT.name, level: 2 })).toBeVisible()
    await expect(page.getByText(/^Your trial ends on /)).toBeVisible()
  })

  await test.step('a person who had one buys without it', async () => {
    const { data } = await control('GET', `/v1/subscriptions?customer=${await customerOf(email)}`)
    await control('DELETE', `/v1/subscriptions/${data[0].id}`)
    await drained(sql)
    await page.goto(`${shop.base}/pricing`)
    await expect(page.getByRole('button', { name: TRY })).toHaveCount(0)
    await page.getByRole('button', { name: `Upgrade to ${SMALL.name}` }).click()
    await expect(page.getByRole('button', { name: 'Subscribe' })).toBeVisible()
    await expect(page.getByText(PRICE).first()).toBeVisible()
  })

  await test.step('a card that had one pays at once, as the page said, in whose hands it ever is', async () => {
    const other = await (await browser.newContext()).newPage()
    const second = await tryIt(other, mailFor)
    await fillCard(other, PAYS)
    await other.getByRole('button', { name: 'Start trial' }).click()
    await expect(other.getByRole('heading', { name: SMALL.name })).toBeVisible()
    await expect
      .poll(async () => {
        await drained(sql)
        return chargesOf(second)
      })
      .toEqual([SMALL.prices.month.amount])
    await other.goto(`${shop.base}/settings/billing`)
    await expect(other.getByText('Status: Active', { exact: true })).toBeVisible()
    await other.context().close()
  })
})

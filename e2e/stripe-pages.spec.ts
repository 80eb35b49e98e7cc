import { expect, type Page } from '@playwright/test'
import type postgres from 'postgres'
import { test } from './fixtures'
import { newAddress } from './pages/people'
import { SMALL } from './pages/plans'
import { allIsDrained } from './pages/records'
import { PAYS } from './pages/stripe'
import { accessibilityProblems } from './stack/accessibility'
import { control } from './stack/sandbox'
import { attach, give, newCustomer, type Person, post } from './stack/subscriptions'
import { chargesOf, renewNow } from './stack/support'
import { variable } from './stack/variable'

// What stands in for Stripe's pages, and the steps of ours before and between them.
const LOOKS = [
  ['light', 1280],
  ['light', 390],
  ['light', 320],
  ['dark', 1280],
  ['dark', 390],
] as const

test('the portal, each page in it, an invoice and its bank keep to WCAG 2.2 AA in both colors at each width', async ({
  page,
  sql,
}) => {
  test.setTimeout(240_000)
  const me = await subscriber(page, sql)
  const portal = await openPortal(me)
  await page.goto(portal)
  await look(page, 'portal')
  const forms = page.locator('form[method="get"]')
  const paths = await forms.evaluateAll((all) => all.map((each) => each.getAttribute('action')))
  expect(paths.length).toBeGreaterThan(3)
  for (const path of new Set(paths)) {
    await page.goto(new URL(`${path}`, portal).href)
    await look(page, `portal-${`${path}`.split('/').at(-1)}`)
  }
  await page.goto(await openInvoice(me, sql))
  await look(page, 'invoice')
  await page.getByRole('button', { name: /^Pay .* with Visa/ }).click()
  await expect(page.getByRole('heading', { name: '3D Secure 2 Test Page' })).toBeVisible()
  await look(page, 'bank')
  await page.getByRole('button', { name: 'Complete authentication' }).click()
  await expect(page.getByRole('heading', { name: /^Receipt/ })).toBeVisible()
  await look(page, 'receipt')
})

test('by keyboard alone an invoice is paid at its bank, and a plan canceled in the portal', async ({
  page,
  sql,
}) => {
  const me = await subscriber(page, sql)
  await page.goto(await openInvoice(me, sql))
  await press(page, /^Pay .* with Visa/)
  await press(page, 'Complete authentication')
  await expect(page.getByRole('heading', { name: /^Receipt/ })).toBeVisible()
  const { amount } = SMALL.prices.month
  expect(await chargesOf(`${me.id}@example.test`)).toEqual([amount, amount])

  await page.goto(await openPortal(me))
  await press(page, 'Cancel subscription')
  await press(page, 'Cancel subscription')
  await press(page, "Don't cancel subscription")
  await expect(page.getByRole('button', { name: 'Cancel subscription' })).toBeVisible()
})

test('by keyboard alone a visitor asks for a link, and what follows is said by its heading', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await page.getByLabel('Email').focus()
  await page.keyboard.type(newAddress())
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeFocused()
  await expect(page).toHaveTitle(/^Check your email/)
  await look(page, 'check-email')
})

test('by keyboard alone a checkout is left, resumed from our page, and paid', async ({
  page,
  sql,
}) => {
  test.setTimeout(120_000)
  await newCustomer(page.context(), sql, variable('BASE_URL'))
  await page.goto(`/checkout/continue?plan=${SMALL.tier}&interval=month`)
  await look(page, 'continue')
  await press(page, 'Continue to payment')
  await expect(page.getByLabel('Card number')).toBeVisible()
  await look(page, 'checkout')
  await press(page, /^Back to/, 'link')
  await expect(
    page.getByRole('heading', { name: 'You left checkout before paying.' }),
  ).toBeVisible()
  await look(page, 'left')
  await press(page, 'Resume checkout')
  for (const [label, text] of [
    ['Card number', PAYS],
    ['Expiration', '12 / 34'],
    ['CVC', '123'],
    ['Cardholder name', 'Ana Example'],
    ['ZIP or postal code', '94107'],
  ] as const) {
    await reach(page, page.getByLabel(label))
    await page.keyboard.type(text)
  }
  await press(page, /^Subscribe/)
  await expect(page.getByRole('heading', { name: `You’re on ${SMALL.name}.` })).toBeVisible()
})

async function subscriber(page: Page, sql: postgres.Sql): Promise<Person> {
  const me = await newCustomer(page.context(), sql, variable('BASE_URL'))
  await attach(me, 'pm_card_visa')
  await give(me, SMALL.lookupKeys.month)
  await allIsDrained(sql)
  return me
}

async function openPortal({ customer }: Person): Promise<string> {
  const back = `${variable('BASE_URL')}/settings/billing`
  return (await post('/v1/billing_portal/sessions', { customer, return_url: back })).url
}

/** A renewal that its bank asks about, as its customer finds it on Stripe's page of it. */
async function openInvoice(me: Person, sql: postgres.Sql): Promise<string> {
  await renewNow(`${me.id}@example.test`, 'pm_card_authenticationRequired')
  await allIsDrained(sql)
  const { data } = await control('GET', `/v1/invoices?status=open&customer=${me.customer}`)
  return data[0].hosted_invoice_url
}

/** Goes on by Tab until something has the focus. */
async function reach(page: Page, target: ReturnType<Page['getByRole']>): Promise<void> {
  await expect(target).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(target).toBeFocused({ timeout: 100 })
  }).toPass()
}

async function press(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button') {
  await reach(page, page.getByRole(role, { name }).first())
  await page.keyboard.press('Enter')
}

async function look(page: Page, name: string): Promise<void> {
  const shots = process.env.E2E_SHOTS
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    const at = `${name} in ${colorScheme} at ${width} px`
    expect.soft(await accessibilityProblems(page), at).toEqual([])
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect.soft(over, at).toBeLessThanOrEqual(0)
    if (shots)
      await page.screenshot({
        path: `${shots}/${name}-${colorScheme}-${width}.png`,
        fullPage: true,
      })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 900 })
}

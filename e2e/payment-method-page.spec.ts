import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { loadersIn } from '@/scripts/build/stripe-pages'
import { ROOT } from '@/scripts/stack/paths'
import { test } from './fixtures'
import { OPEN, SIGNED_IN } from './pages/looked-at'
import { goToCheckout, type MailFor } from './pages/people'
import { SMALL } from './pages/plans'
import { PAYS, saveCard, subscribe } from './pages/stripe'
import { accessibilityProblems } from './stack/accessibility'
import { variable } from './stack/variable'
import { BASE, serveWithKey } from './stack/with-key'
import { formOf } from './stripe-js/world'

const HERE = '/settings/billing/payment-method'

test.use({ baseURL: BASE })

let stop: () => Promise<void>
test.beforeAll(async () => {
  stop = await serveWithKey()
})
test.afterAll(() => stop())

async function subscriber(page: Page, mailFor: MailFor): Promise<void> {
  await goToCheckout(page, SMALL.name, mailFor)
  await subscribe(page, SMALL.name)
}

const save = (page: Page) => page.getByRole('button', { name: 'Save payment method' })

test('without a script, and without a key, another card is left on Stripe’s page', async ({
  page,
  browser,
  mailFor,
}) => {
  await subscriber(page, mailFor)
  const storageState = await page.context().storageState()
  for (const [baseURL, name] of [
    [BASE, 'Use Stripe’s page instead'],
    [variable('BASE_URL'), 'Add it on Stripe’s page'],
  ] as const) {
    const context = await browser.newContext({ baseURL, javaScriptEnabled: false, storageState })
    const bare = await context.newPage()
    await bare.goto(HERE)
    await expect(bare.getByText('Loading Stripe’s form…')).toBeHidden()
    await bare.getByRole('button', { name }).click()
    await saveCard(bare, PAYS)
    await bare.getByRole('button', { name: 'Use this card' }).click()
    await expect(bare.getByText(/is charged to your new card from now on/)).toBeVisible()
    await context.close()
  }
})

test('the page of a card is used by keyboard, and keeps to WCAG 2.2 AA in both colors at each width', async ({
  page,
  mailFor,
}) => {
  test.slow()
  await subscriber(page, mailFor)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(HERE)
      await expect(formOf(page).getByLabel('Card number')).toBeVisible()
      await expect(save(page)).toBeVisible()
      expect(await accessibilityProblems(page)).toEqual([])
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(over).toBeLessThanOrEqual(0)
      const shots = process.env.E2E_SHOTS
      if (shots)
        await page.screenshot({
          path: `${shots}/method-${colorScheme}-${width}.png`,
          fullPage: true,
        })
    }
  }
  const number = formOf(page).getByLabel('Card number')
  await page.getByRole('link', { name: 'Billing', exact: true }).last().focus()
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(number).toBeFocused({ timeout: 200 })
  }).toPass()
  await page.keyboard.type('4242424242424242')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1240')
  await page.keyboard.press('Tab')
  await page.keyboard.type('123')
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(formOf(page).getByLabel('ZIP code')).toBeFocused({ timeout: 200 })
  }).toPass()
  await page.keyboard.type('94107')
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(save(page)).toBeFocused({ timeout: 200 })
  }).toPass()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/is charged to your new card from now on/)).toBeVisible()
})

test('Stripe’s script, and what of ours loads it, is asked for on this page and on no other, and only here is it let in', async ({
  page,
  mailFor,
}) => {
  test.slow()
  const loaders = loadersIn(join(ROOT, '.next')).map((path) => `/_next/${path}`)
  const script = `${variable('SANDBOX_URL')}/endive/stripe.js`
  const asked: string[] = []
  await subscriber(page, mailFor)
  page.on('request', (request) => {
    const url = request.url()
    if (url.endsWith('/stripe.js') || url.includes('js.stripe.com')) asked.push(url)
    if (loaders.includes(new URL(url).pathname)) asked.push('ours')
  })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/content security policy|violates/i.test(message.text())) complaints.push(message.text())
  })
  for (const path of [...OPEN, ...SIGNED_IN].filter((each) => each !== HERE)) {
    // Until nothing more is loaded: links are read ahead.
    const answer = await page.goto(path, { waitUntil: 'networkidle' })
    const policy = answer?.headers()['content-security-policy'] ?? ''
    expect(policy.replace(/form-action .*/, ''), path).not.toMatch(/stripe|127\.0\.0\.1/)
    expect(asked, path).toEqual([])
  }
  const answer = await page.goto(HERE)
  await expect(formOf(page).getByLabel('Card number')).toBeVisible()
  expect(asked).toContain('ours')
  expect(asked.filter((each) => each !== 'ours')).toEqual([script])
  expect(answer?.headers()['content-security-policy']).toMatch(
    /script-src 'self' 'nonce-\S+ 'sha256-\S+ https:\/\/js\.stripe\.com/,
  )
  expect(answer?.headers()['content-security-policy']).not.toMatch(/script-src[^;]*unsafe-/)
  expect(answer?.headers()['referrer-policy']).toBe('same-origin')
  expect(complaints).toEqual([])
})

test('a form of Stripe’s that does not load says so, and Stripe’s page remains', async ({
  page,
  mailFor,
}) => {
  await subscriber(page, mailFor)
  await page.route('**/endive/stripe.js', (route) => route.abort())
  await page.goto(HERE)
  await expect(
    page.getByRole('alert').filter({ hasText: 'Stripe’s form did not load.' }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Use Stripe’s page instead' }).click()
  await expect(page.getByLabel('Card number')).toBeVisible()
})

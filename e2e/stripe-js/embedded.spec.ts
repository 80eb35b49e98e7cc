import { expect, type Page, test } from '@playwright/test'
import { openWorld, said } from './world'

let world: Awaited<ReturnType<typeof openWorld>>

test.beforeAll(async () => {
  world = await openWorld()
})

test.afterAll(() => world.stop())

async function embedded(more: Record<string, string>) {
  const price = 'line_items[0][price_data]'
  const { id, client_secret: secret } = await world.ask('checkout/sessions', {
    ui_mode: 'embedded_page',
    mode: 'subscription',
    [`${price}[currency]`]: 'usd',
    [`${price}[unit_amount]`]: '1900',
    [`${price}[recurring][interval]`]: 'month',
    [`${price}[product_data][name]`]: 'Pro',
    'line_items[0][quantity]': '1',
    ...more,
  })
  return { id, secret }
}

async function payEmbedded(page: Page, number: string) {
  const checkout = page.frameLocator('iframe[title="Checkout"]')
  await checkout.getByLabel('Email').fill('ana@example.test')
  await checkout.getByLabel('Card number').fill(number)
  await checkout.getByLabel('Expiration').fill('12 / 40')
  await checkout.getByLabel('CVC').fill('123')
  await checkout.getByLabel('Cardholder name').fill('Ana Example')
  await checkout.getByLabel('ZIP').fill('94107')
  await checkout.getByRole('button', { name: 'Subscribe' }).click()
  return checkout
}

test('an embedded Checkout is paid in the page, which gets the message', async ({ page }) => {
  const { id, secret } = await embedded({ redirect_on_completion: 'never' })
  await world.visit(page, { do: 'embedded', secret })
  const checkout = await payEmbedded(page, '4000000000000002')
  await expect(checkout.getByRole('alert')).toContainText('Your card was declined.')
  await payEmbedded(page, '4000002760003184')
  await checkout.getByRole('button', { name: 'Complete authentication' }).click()
  expect(await said(page)).toBe('complete')
  await expect(checkout.getByText('This checkout is complete.')).toBeVisible()
  expect((await world.ask(`checkout/sessions/${id}`)).payment_status).toBe('paid')
})

test('an embedded Checkout leads the page on to its return address', async ({ page }) => {
  const { id, secret } = await embedded({
    return_url: `${world.shop}/back?session_id={CHECKOUT_SESSION_ID}`,
  })
  await world.visit(page, { do: 'embedded', secret })
  await payEmbedded(page, '4242424242424242')
  await page.waitForURL(`${world.shop}/back?session_id=${id}`)
})

test('an embedded Checkout is as high as what stands in it, also where that needs less than before', async ({
  page,
}) => {
  const { secret } = await embedded({ redirect_on_completion: 'never' })
  await page.setViewportSize({ width: 320, height: 800 })
  await world.visit(page, { do: 'embedded', secret })
  const frame = page.locator('iframe[title="Checkout"]')
  const height = async () => (await frame.boundingBox())?.height ?? 0
  await expect.poll(height).toBeGreaterThan(1_000)
  const narrow = await height()
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect.poll(height).toBeLessThan(narrow - 200)
})

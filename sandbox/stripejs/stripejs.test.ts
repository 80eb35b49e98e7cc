import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSandbox } from '@/sandbox/test/pages/opened-sandbox'

let shop: Awaited<ReturnType<typeof openSandbox>>
beforeEach(async () => {
  shop = await openSandbox()
})
afterEach(() => shop.stop())

const PAGE = { headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'script' } }

test.each(['/endive/stripe.js', '/stripe.js', '/v3/', '/v3'])(
  'pages of any site load %s, and find Stripe in their window',
  async (path) => {
    const answer = await fetch(shop.url + path, PAGE)
    expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/)
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const window: { Stripe?: ((key: string) => object) & { version: string } } = {}
    const document = { currentScript: { src: shop.url + path } }
    runInNewContext(await answer.text(), { window, document, URL })
    expect(window.Stripe?.version).toBe('endive')
    expect(window.Stripe?.('pk_test_x')).toHaveProperty('confirmSetup')
    expect(() => window.Stripe?.('sk_test_x')).toThrow('pk_test_')
  },
)

test('only what is made for it stands in a frame of another site', async () => {
  const { stripe, url, prices } = shop
  const { id: customer } = await stripe.customers.create()
  const { id } = await stripe.setupIntents.create({
    customer,
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
  })
  const terms = {
    mode: 'subscription' as const,
    line_items: [{ price: prices.pro, quantity: 1 }],
  }
  const hosted = await stripe.checkout.sessions.create({ ...terms, success_url: `${url}/` })
  const embedded = await stripe.checkout.sessions.create({
    ...terms,
    ui_mode: 'embedded_page',
    redirect_on_completion: 'never',
  })
  const framed = async (path: string) =>
    (await shop.visit(path)).headers
      .get('content-security-policy')
      ?.includes('frame-ancestors http: https:')
  expect(await framed('/elements/payment?mode=setup')).toBe(true)
  expect(await framed(`/3ds/${id}?embedded=1`)).toBe(true)
  expect(await framed(`/c/pay/${embedded.id}`)).toBe(true)
  expect(await framed(`/3ds/${id}`)).toBe(false)
  expect(await framed(`/c/pay/${hosted.id}`)).toBe(false)
})

test('an embedded session is opened with its own secret', async () => {
  const { id, client_secret } = await shop.stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: shop.prices.pro, quantity: 1 }],
    ui_mode: 'embedded_page',
    redirect_on_completion: 'never',
  })
  const open = async (secret: string) =>
    (await shop.visit(`/c/pay/${id}?${new URLSearchParams({ embedded: secret })}`)).status
  expect(await open(String(client_secret))).toBe(200)
  expect(await open(`${id}_secret_other`)).toBe(404)
})

import { expect } from '@playwright/test'
import { test } from './fixtures'
import { GREAT, SMALL } from './pages/plans'
import { signIn } from './pages/signed-in'
import { signed } from './stack/sign'

const webhook = '/api/webhooks/stripe'

test('a forged webhook is refused with a constant answer, and nothing is stored', async ({
  request,
  sql,
}) => {
  const body = JSON.stringify({ id: 'evt_forged', object: 'event', type: 'invoice.paid' })
  const t = Math.floor(Date.now() / 1000)
  for (const signature of ['', 't=1,v1=00', `t=${t},v1=${'0'.repeat(64)}`, 'nonsense']) {
    const answer = await request.post(webhook, {
      data: body,
      headers: { 'stripe-signature': signature },
    })
    expect(answer.status()).toBe(400)
    expect(await answer.json()).toEqual({ error: 'invalid_signature' })
  }
  expect(await sql`select 1 from webhook_events where id = 'evt_forged'`).toHaveLength(0)
})

test('the webhook takes POST alone, and no more than a mebibyte', async ({ request }) => {
  expect((await request.get(webhook)).status()).toBe(405)
  expect((await request.put(webhook)).status()).toBe(405)
  const slashed = await request.post(`${webhook}/`, { data: '{}', maxRedirects: 0 })
  expect(slashed.status()).toBe(400)
  const large = await request.post(webhook, { data: Buffer.alloc(1024 * 1024 + 1, 'x') })
  expect(large.status()).toBe(413)
})

test('the status endpoint says nothing to a signed-out visitor', async ({ request }) => {
  const answer = await request.get('/api/billing/status')
  expect(answer.status()).toBe(401)
  expect(await answer.json()).toEqual({ error: 'unauthenticated' })
})

test('the cron needs its secret', async ({ request }) => {
  for (const authorization of ['', 'Bearer undefined', 'Bearer null', 'Bearer ']) {
    const answer = await request.get('/api/cron/drain', { headers: { authorization } })
    expect(answer.status()).toBe(401)
  }
})

test('a form with a plan that does not exist is refused in words, and buys nothing', async ({
  page,
  sql,
}) => {
  await signIn(page, sql)
  await page.goto('/pricing')
  const button = page.getByRole('button', { name: `Upgrade to ${SMALL.name}` })
  await button.evaluate((element) => element.setAttribute('value', 'price_1Stolen'))
  await button.click()
  // Next announces each page in an alert of its own, outside of the page.
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  expect(new URL(page.url()).origin).toBe(new URL(process.env.BASE_URL ?? '').origin)
})

test('a checkout by a signed-out visitor leads to sign-in', async ({ page }) => {
  await page.goto('/pricing')
  await page.getByRole('button', { name: `Upgrade to ${GREAT.name}` }).click()
  await expect(page).toHaveURL(new RegExp(`/sign-in\\?.*plan=${GREAT.tier}`))
})

test('a form that another site posts is refused', async ({ page, sql }) => {
  await signIn(page, sql)
  await page.goto(`/checkout/continue?plan=${SMALL.tier}&interval=month&error=origin`)
  const form = page.locator('form#continue')
  await expect(form).toBeVisible()
  const fields = await form
    .locator('input')
    .evaluateAll((inputs) =>
      inputs.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
    )
  for (const origin of ['https://evil.example', 'null']) {
    const answer = await page.request.post('/checkout/continue', {
      headers: { origin },
      multipart: Object.fromEntries(fields),
      maxRedirects: 0,
    })
    expect(answer.headers().location ?? '').not.toContain('/c/pay/')
    expect([303, 400, 403, 500]).toContain(answer.status())
  }
})

test('an event of another application or mode is stored as ignored, with the reason', async ({
  request,
  sql,
}) => {
  const send = (fields: object) => {
    const id = `evt_${Math.random().toString(36).slice(2)}`
    const payload = JSON.stringify({
      id,
      object: 'event',
      type: 'customer.subscription.updated',
      created: 1_700_000_000,
      livemode: false,
      data: { object: { id: 'sub_x', object: 'subscription', customer: 'cus_x', metadata: {} } },
      ...fields,
    })
    return request.post(webhook, {
      data: payload,
      headers: { 'stripe-signature': signed(payload) },
    })
  }
  const app = { id: 'sub_x', object: 'subscription', customer: 'cus_x', metadata: { app: 'other' } }
  expect(await (await send({ livemode: true })).json()).toEqual({
    status: 'ignored',
    reason: 'other_livemode',
  })
  expect(await (await send({ account: 'acct_1' })).json()).toEqual({
    status: 'ignored',
    reason: 'foreign_account',
  })
  expect(await (await send({ type: 'charge.updated' })).json()).toEqual({
    status: 'ignored',
    reason: 'unknown_type',
  })
  expect(await (await send({ data: { object: app } })).json()).toEqual({
    status: 'ignored',
    reason: 'foreign_app',
  })
  const [row] = await sql`select count(*)::integer as n from webhook_events where state = 'ignored'`
  expect(row?.n).toBeGreaterThanOrEqual(4)
})

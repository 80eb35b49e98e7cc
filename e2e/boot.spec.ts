import { expect, test } from '@playwright/test'
import { freePort } from '@/scripts/stack/ports'
import { startServer } from './stack/server'
import { signed } from './stack/sign'

const LIVE = 'sk_live_0123456789abcdef'

test('a server with a bad environment says all that is wrong, and does not start', async () => {
  const { code, output } = await ended({ STRIPE_WEBHOOK_SECRET: '', DATABASE_URL: 'nonsense' })
  expect(code).toBe(1)
  expect(output).toContain('STRIPE_WEBHOOK_SECRET is set but empty.')
  expect(output).toContain('DATABASE_URL is missing or not a URL.')
})

test('a live key never starts with the address of a sandbox', async () => {
  const { code, output } = await ended({ STRIPE_SECRET_KEY: LIVE })
  expect(code).toBe(1)
  expect(output).toContain('a live key must never leave for another host')
  expect(output).not.toContain(LIVE)
})

test('without a database the webhook answers 503, so that Stripe sends again, and pricing still shows', async () => {
  const port = await freePort(0)
  const app = startServer({
    PORT: String(port),
    DATABASE_URL: 'postgresql://ledger@127.0.0.1:1/none',
  })
  try {
    const base = `http://127.0.0.1:${port}`
    await expect
      .poll(() =>
        fetch(`${base}/pricing`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200)
    const id = `evt_${Date.now()}`
    const object = { id: 'sub_1', object: 'subscription', customer: 'cus_1' }
    const type = 'customer.subscription.updated'
    const payload = JSON.stringify({
      id,
      object: 'event',
      type,
      created: 1,
      livemode: false,
      data: { object },
    })
    const answer = await fetch(`${base}/api/webhooks/stripe`, {
      method: 'POST',
      body: payload,
      headers: { 'stripe-signature': signed(payload) },
    })
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ error: 'unavailable' })
  } finally {
    app.child.kill('SIGKILL')
    await app.exited
  }
})

async function ended(env: Record<string, string>) {
  const app = startServer({ PORT: String(await freePort(0)), ...env })
  return { code: await app.exited, output: app.output() }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import type { CardForm } from '@/sandbox/lifecycle/card-form'
import { type SandboxOptions, startSandbox } from '@/sandbox/server'
import { beginOnTheSameDay } from './same-day'

/** A card that pays. `number` can be another of Stripe's test cards. */
export function card(number = '4242424242424242'): CardForm {
  return { number, expMonth: 12, expYear: 2040, cvc: '123', name: 'Ana Example' }
}

/** A sandbox, the real SDK pointed at it, and a catalog of two plans. */
export async function startWorld(options: SandboxOptions = {}) {
  const running = await startSandbox({ port: 0, ...options })
  // One that is opened again has its own day.
  if (!options.dataDir) beginOnTheSameDay(running.sandbox.clock)
  const stripe = clientOf(running.port)
  return { ...running, stripe }
}

/** The real SDK, pointed at a sandbox. It never retries, so that a test sees each answer. */
export function clientOf(port: number): Stripe {
  return new Stripe('sk_test_local', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  })
}

/** Two plans, one of them also by the year, under the lookup keys that their names suggest. */
export async function addCatalog(stripe: Stripe) {
  const pro = await stripe.products.create({ name: 'Pro', metadata: { tier: 'pro' } })
  const studio = await stripe.products.create({ name: 'Studio', metadata: { tier: 'studio' } })
  const price = (
    product: string,
    unit_amount: number,
    interval: 'month' | 'year',
    lookup_key: string,
  ) =>
    stripe.prices.create({
      product,
      currency: 'usd',
      unit_amount,
      recurring: { interval },
      lookup_key,
    })
  return {
    pro,
    studio,
    proMonthly: await price(pro.id, 1900, 'month', 'pro_monthly'),
    proYearly: await price(pro.id, 19_000, 'year', 'pro_yearly'),
    studioMonthly: await price(studio.id, 4900, 'month', 'studio_monthly'),
  }
}

/** An open Checkout session of an existing customer for one price. */
export async function openCheckout(
  stripe: Stripe,
  price: string,
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
) {
  const customer = await stripe.customers.create({ email: 'ana@example.test', name: 'Ana' })
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price, quantity: 1 }],
    success_url: 'http://app.test/return?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://app.test/pricing',
    ...more,
  })
  return { customer, session }
}

/** Something that listens for webhooks. It answers with `status()`, and keeps what came. */
export async function startReceiver(status: () => number = () => 200) {
  const received: { body: string; signature: string }[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    response.writeHead(status()).end()
    received.push({
      body: Buffer.concat(chunks).toString('utf8'),
      signature: String(request.headers['stripe-signature']),
    })
    for (const wake of [...waiting]) wake()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    /** Resolves when this many deliveries have come. */
    count: (wanted: number) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (received.length < wanted) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

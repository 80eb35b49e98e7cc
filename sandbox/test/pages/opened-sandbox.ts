import Stripe from 'stripe'
import { startSandbox } from '@/sandbox/server'
import { pageFacts } from './page-facts'

/** A sandbox with a shop in it, and a browser without JavaScript. For tests of the pages. */
export async function openSandbox() {
  const { url, port, stop } = await startSandbox({ port: 0 })
  const stripe = new Stripe('sk_test_pages', { host: '127.0.0.1', port, protocol: 'http' })
  const price = async (product: string, unit_amount: number, interval: 'month' | 'year') => {
    const created = await stripe.prices.create({
      product,
      unit_amount,
      currency: 'usd',
      recurring: { interval },
    })
    return created.id
  }
  const pro = await stripe.products.create({ name: 'Pro' })
  const studio = await stripe.products.create({ name: 'Studio' })
  const prices = {
    pro: await price(pro.id, 1900, 'month'),
    proYearly: await price(pro.id, 19_000, 'year'),
    studio: await price(studio.id, 4900, 'month'),
  }
  const configuration = await stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'name', 'address'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        mode: 'at_period_end',
        cancellation_reason: { enabled: true, options: ['too_expensive', 'unused', 'other'] },
      },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        proration_behavior: 'always_invoice',
        schedule_at_period_end: { conditions: [{ type: 'shortening_interval' }] },
        products: [
          { product: pro.id, prices: [prices.pro, prices.proYearly] },
          { product: studio.id, prices: [prices.studio] },
        ],
      },
    },
  })
  return {
    url,
    stripe,
    prices,
    configuration: configuration.id,
    stop,
    /** Opens a page, following no redirect. */
    async visit(address: string, init: RequestInit = {}) {
      const response = await fetch(new URL(address, url), { redirect: 'manual', ...init })
      const page = await response.text()
      return {
        status: response.status,
        location: response.headers.get('location'),
        page,
        facts: pageFacts(page),
        headers: response.headers,
      }
    },
    /** Sends a form as a browser does from the page itself. */
    send(
      address: string,
      fields: Record<string, string> = {},
      headers: Record<string, string> = {},
    ) {
      const origin = { origin: url, 'sec-fetch-site': 'same-origin' }
      return this.visit(address, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { ...origin, ...headers },
      })
    },
    /** A new customer with an open session for Pro. */
    async checkout(change: Stripe.Checkout.SessionCreateParams = {}) {
      const customer = await stripe.customers.create({
        email: 'ana@example.test',
        name: 'Ana Example',
      })
      const session = await stripe.checkout.sessions.create({
        mode: 'subscription',
        customer: customer.id,
        line_items: [{ price: prices.pro, quantity: 1 }],
        success_url: 'http://shop.test/return?session_id={CHECKOUT_SESSION_ID}',
        cancel_url: 'http://shop.test/pricing',
        ...change,
      })
      return { customer: customer.id, session: session.id, path: `/c/pay/${session.id}` }
    },
    /** A customer who pays for Pro, in the portal. */
    async portal(change: Omit<Stripe.BillingPortal.SessionCreateParams, 'customer'> = {}) {
      const { customer, path } = await this.checkout()
      await this.send(path, card('4242 4242 4242 4242'))
      const { data } = await stripe.subscriptions.list({ customer })
      const subscription = data[0]?.id ?? ''
      const open = async (more = change) => {
        const session = await stripe.billingPortal.sessions.create({
          customer,
          configuration: configuration.id,
          return_url: 'http://shop.test/settings/billing',
          ...more,
        })
        return new URL(session.url).pathname
      }
      return { customer, subscription, open, path: await open() }
    },
  }
}

/** The fields of the card form for a number. */
export function card(number: string): Record<string, string> {
  return {
    number,
    expiry: '12 / 40',
    cvc: '123',
    name: 'Ana Example',
    country: 'US',
    postal_code: '94107',
  }
}

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { retrieveCheckoutSession } from './checkout-sessions'
import { retrieveInvoice } from './invoices'

const base = vi.hoisted(() => ({ url: new URL('http://127.0.0.1:1') }))
vi.mock('@/lib/env', () => ({
  env: () => ({ appEnv: 'test', stripe: { secretKey: 'sk_test_hosted', apiBase: base.url } }),
}))

/** A Stripe whose invoice has the address that the test says. */
let server: Server
let hosted: string | null = null
beforeAll(async () => {
  server = createServer((request, response) => {
    const invoice = {
      ...{ id: 'in_1', object: 'invoice', status: 'open', parent: null, currency: 'usd', total: 1 },
      ...{ amount_remaining: 1, next_payment_attempt: null, number: 'A-1', customer: 'cus_1' },
      ...{ created: 1, amount_paid: 0, status_transitions: { paid_at: null } },
      hosted_invoice_url: hosted,
    }
    const session = {
      ...{ id: 'cs_test_1', object: 'checkout.session', status: 'complete', url: null, invoice },
      ...{ customer: 'cus_1', subscription: null, metadata: {}, payment_status: 'paid' },
      ...{ created: 1, expires_at: 2, mode: 'subscription', client_reference_id: null },
    }
    const body = request.url?.startsWith('/v1/invoices') ? invoice : session
    response.end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base.url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(() => server.close())

async function shown(url: string | null) {
  hosted = url
  const [invoice, session] = await Promise.all([
    retrieveInvoice('in_1'),
    retrieveCheckoutSession('cs_test_1'),
  ])
  return [invoice.payUrl, session.receipt?.invoiceUrl ?? null]
}

it.each(['https://invoice.stripe.com/i/acct_1/test', 'https://pay.stripe.com/x'])(
  'an invoice’s page at Stripe is a link: %s',
  async (url) => {
    expect(await shown(url)).toEqual([url, url])
  },
)

it.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'http://invoice.stripe.com/i/1',
  'https://stripe.com.evil.test/i/1',
  'https://evilstripe.com/i/1',
  'https://invoice.stripe.com@evil.test/i/1',
  'https://evil.test/?https://invoice.stripe.com',
  '//evil.test/i/1',
  '\\\\evil.test',
  '/i/1',
  '',
  null,
])(
  'an address that is not Stripe’s becomes no link, neither on a page nor in a mail: %j',
  async (url) => {
    expect(await shown(url)).toEqual([null, null])
  },
)

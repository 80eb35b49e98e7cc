import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'
import { callStripe } from './call'
import { findMissingPermissions, NEEDED } from './permissions'

const base = vi.hoisted(() => ({ url: new URL('http://127.0.0.1:1') }))
vi.mock('@/lib/env', () => ({
  env: () => ({ stripe: { secretKey: 'rk_test_51Restricted', apiBase: base.url } }),
}))

/** A Stripe for a restricted key: refuses what the test says, and has no object of any id. */
let server: Server
let refused: RegExp
let asked: string[]

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://stripe.test').pathname
    asked.push(`${request.method} ${path}`)
    const [status, body] = refused.test(path)
      ? [403, { error: { type: 'invalid_request_error', message: LACKS } }]
      : [404, { error: { type: 'invalid_request_error', code: 'resource_missing', message: '?' } }]
    const headers = { 'request-id': 'req_1', 'stripe-should-retry': 'false' }
    response.writeHead(status, headers).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base.url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(() => server.close())
beforeEach(() => {
  asked = []
  refused = /nothing/
})

// The SDK's name of each resource, and the dashboard's; null: only the set-up asks for it.
const PART_OF = {
  accounts: null,
  // By whose ids an operator may look for a customer: without it the console says which permission is missing.
  ...{
    balanceTransactions: null,
    creditNotes: null,
    invoiceItems: null,
    radar: null,
    taxIds: null,
  },
  // Meter events, which are off by default: how-to/meter-usage.md says what they need.
  billing: null,
  billingPortal: 'Customer portal',
  charges: 'Charges and Refunds',
  checkout: 'Checkout Sessions',
  coupons: 'Coupons',
  creditNotes: 'Credit notes',
  customers: 'Customers',
  disputes: 'Disputes',
  events: 'Events',
  invoicePayments: 'Invoices',
  invoices: 'Invoices',
  paymentIntents: 'PaymentIntents',
  paymentMethods: 'PaymentMethods',
  prices: 'Prices',
  products: 'Products',
  promotionCodes: 'Promotion Codes',
  refunds: 'Charges and Refunds',
  setupIntents: 'SetupIntents',
  // A subscription's schedule is part of it.
  subscriptionSchedules: 'Subscriptions',
  // Whose an item is, which an operator looks for: a part of the subscription.
  subscriptionItems: 'Subscriptions',
  subscriptions: 'Subscriptions',
  tax: null,
  webhookEndpoints: null,
}

// What a call reads along with its own object, by the field that it expands.
const EXPANDED = {
  // Of a coupon: the products that it is for.
  applies_to: 'Coupons',
  charge: 'Charges and Refunds',
  confirmation_secret: 'PaymentIntents',
  coupon: 'Coupons',
  currency_options: 'Prices',
  customer: 'Customers',
  default_payment_method: 'PaymentMethods',
  discounts: 'Coupons',
  invoice: 'Invoices',
  latest_charge: 'Charges and Refunds',
  latest_invoice: 'Invoices',
  payment_intent: 'PaymentIntents',
  payment_method: 'PaymentMethods',
  payments: 'Invoices',
  price: 'Prices',
  product: 'Products',
  promotion_code: 'Promotion Codes',
  schedule: 'Subscriptions',
  subscription: 'Subscriptions',
}

const LACKS =
  "The provided key 'rk_test_*****9XyZ' does not have the required permissions for this endpoint on account 'acct_1'. Having the 'rak_customer_write' permission would allow this request to continue."

describe('a restricted key', () => {
  it('that has everything lacks nothing, and each look asks once and makes nothing', async () => {
    expect(await findMissingPermissions()).toEqual([])
    expect(asked).toHaveLength(NEEDED.size)
    const posts = asked.filter((call) => call.startsWith('POST'))
    expect(posts.toSorted()).toEqual([
      'POST /v1/billing_portal/sessions',
      'POST /v1/checkout/sessions/cs_test_unknown_permission_check/expire',
      'POST /v1/coupons/unknown_permission_check',
      'POST /v1/customers/cus_unknown_permission_check',
      'POST /v1/invoices/in_unknown_permission_check/void',
      'POST /v1/refunds',
      'POST /v1/setup_intents/seti_unknown_permission_check/cancel',
    ])
    const deletes = asked.filter((call) => call.startsWith('DELETE'))
    expect(deletes).toEqual(['DELETE /v1/subscriptions/sub_unknown_permission_check'])
  })

  // breakage: a restricted key lacks a permission | the log names it at boot, and each call that needs it fails with a sentence that says which to add
  it('that lacks some has each of them reported', async () => {
    refused = /^\/v1\/(customers|events)/
    expect(await findMissingPermissions()).toEqual(['Customers: Write', 'Events: Read'])
  })

  it('that lacks one at use says which, where to add it, and nothing of the key', async () => {
    refused = /customers/
    const failed = callStripe((stripe) => stripe.customers.retrieve('cus_1'))
    await expect(failed).rejects.toThrow(
      'STRIPE_SECRET_KEY is a restricted key that lacks a permission (customer: write). Add it at dashboard.stripe.com/apikeys',
    )
    const error = await failed.catch((thrown: unknown) => thrown)
    const cause = error instanceof Error ? error.cause : null
    expect(`${error} ${cause}`).not.toContain('9XyZ')
  })

  it('needs what docs/how-to/real-stripe.md says', () => {
    const page = readFileSync(join(ROOT, 'docs/how-to/real-stripe.md'), 'utf8')
    const rows = [...page.matchAll(/^\| ([\w ]+?) +\| (Read|Write) +\|/gm)]
    expect(rows.map(([, resource, access]) => `${resource}: ${access}`)).toEqual([...NEEDED.keys()])
  })

  it('needs a permission for whatever the application asks Stripe for', () => {
    const asked = sources().flatMap((text) =>
      [...text.matchAll(/\bstripe\s*\.(\w+)\s*\.\w/g)].map(([, resource = '']) => resource),
    )
    expect([...new Set(asked)].toSorted()).toEqual(Object.keys(PART_OF).toSorted())
    expect(Object.values(PART_OF).filter((name) => name && !isNeeded(name))).toEqual([])
  })

  it('needs a permission for whatever a call reads along with what it asks for', () => {
    const lists = sources().flatMap((text) => text.match(/\bexpand\s*[:=]\s*\[[^\]]*\]/g) ?? [])
    const fields = lists.flatMap((list) =>
      [...list.matchAll(/'(?:\w+\.)*(\w+)'/g)].map(([, field = '']) => field),
    )
    expect([...new Set(fields)].toSorted()).toEqual(Object.keys(EXPANDED))
    expect(Object.values(EXPANDED).filter((name) => !isNeeded(name))).toEqual([])
  })

  it('says nothing while Stripe is away', async () => {
    const url = base.url
    base.url = new URL('http://127.0.0.1:1')
    vi.resetModules()
    const { findMissingPermissions: look } = await import('./permissions')
    expect(await look()).toEqual([])
    base.url = url
  })
})

function sources(): string[] {
  const folder = join(ROOT, 'lib/stripe')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !/test|permissions/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
}

function isNeeded(name: string): boolean {
  return [...NEEDED.keys()].some((needed) => needed.startsWith(`${name}: `))
}

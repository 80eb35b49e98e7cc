import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { replaceStripeClient } from './client'
import { customerBehind, hasOwner, readsBehind } from './owner-of'

// What Stripe has, by path: each object with what leads from it to its customer.
const OBJECTS: Record<string, object> = {
  'subscriptions/sub_1': { customer: 'cus_1' },
  'subscription_schedules/sub_sched_1': { customer: 'cus_1' },
  'subscription_items/si_1': { subscription: 'sub_1' },
  'invoices/in_1': { customer: 'cus_1' },
  'invoiceitems/ii_1': { customer: 'cus_1' },
  'credit_notes/cn_1': { customer: 'cus_1' },
  'invoice_payments/inpay_1': { invoice: 'in_1' },
  'payment_intents/pi_1': { customer: 'cus_1' },
  'setup_intents/seti_1': { customer: { id: 'cus_1' } },
  'checkout/sessions/cs_test_1': { customer: 'cus_1' },
  'payment_methods/pm_1': { customer: 'cus_1' },
  'payment_methods/card_1': { customer: 'cus_1' },
  'payment_methods/src_1': { customer: 'cus_1' },
  'charges/ch_1': { customer: 'cus_1' },
  'charges/py_1': { customer: 'cus_1' },
  'refunds/re_1': { charge: 'ch_1' },
  'refunds/pyr_1': { charge: 'py_1' },
  'disputes/dp_1': { charge: 'ch_1' },
  'disputes/du_1': { charge: 'ch_1' },
  'radar/early_fraud_warnings/issfr_1': { charge: 'ch_1' },
  'balance_transactions/txn_1': { source: 'ch_1' },
  'balance_transactions/txn_2': { source: 're_1' },
  'balance_transactions/txn_3': { source: 'po_1' },
  'promotion_codes/promo_1': { customer: 'cus_1' },
  'promotion_codes/promo_2': { customer: null },
  'tax_ids/txi_1': { customer: 'cus_1' },
}

let server: Server
let reads = 0
beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    reads += 1
    const found = OBJECTS[url.replace('/v1/', '')]
    const error = { type: 'invalid_request_error', code: 'resource_missing', message: 'No such.' }
    response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? { error }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Safe: it listens on a port.
  const { port } = server.address() as AddressInfo
  replaceStripeClient(new Stripe('sk_test_1', { host: '127.0.0.1', port, protocol: 'http' }))
})
beforeEach(() => {
  reads = 0
})
afterAll(() => server.close())

it.each(Object.keys(OBJECTS).map((path) => path.split('/').at(-1) ?? ''))(
  'Stripe says whose %s is, within as many reads as are counted for it',
  async (id) => {
    expect(hasOwner(id)).toBe(true)
    const no = ['txn_3', 'promo_2'].includes(id)
    expect(await customerBehind(id)).toBe(no ? null : 'cus_1')
    expect(reads).toBeLessThanOrEqual(readsBehind(id))
  },
)

it('an id that Stripe does not have is no one’s, and one of a kind without an owner is not asked for', async () => {
  expect(await customerBehind('in_nowhere')).toBeNull()
  reads = 0
  for (const id of ['we_1', 'acct_1', 'toString_1']) {
    expect(hasOwner(id)).toBe(false)
    expect(await customerBehind(id)).toBeNull()
  }
  expect(reads).toBe(0)
})

import { expect, test } from 'vitest'
import { redactPayload, redactText } from './redact'

const CARD = '4242424242424242'

const EVENT = {
  id: 'evt_1',
  type: 'charge.refunded',
  request: { id: 'req_1', idempotency_key: 'key-of-someone' },
  data: {
    object: {
      id: 'ch_1',
      amount: 1900,
      currency: 'usd',
      customer: 'cus_1',
      email: 'ada.lovelace@example.test',
      receipt_email: 'ada.lovelace@example.test',
      customer_details: {
        email: 'ada.lovelace@example.test',
        name: 'Ada Lovelace',
        phone: '+15551234567',
      },
      description: `Paid by ada.lovelace@example.test with ${CARD}`,
      client_secret: 'pi_1_secret_abcdef',
      next_action: { redirect_to_url: { url: 'https://hooks.stripe.com/redirect/secret-path' } },
      hosted_invoice_url: 'https://invoice.stripe.com/i/acct_1/test_secretpath',
      payment_method_details: {
        card: { last4: '4242', brand: 'visa', fingerprint: 'Xt5EWLLDS7FJjR1c' },
        sepa_debit: { last4: '3000', country: 'DE' },
        type: 'card',
      },
      billing_details: { address: { line1: '12 St James Square', postal_code: 'SW1Y' } },
      metadata: {
        note: 'call ada.lovelace@example.test',
        'ada.lovelace@example.test': 'x',
        sum: '4242 4242 4242 4242',
      },
    },
    previous_attributes: { email: 'old.ada@example.test' },
  },
}

test('a payload shows no secret, no card, no person and no full address', () => {
  const text = redactPayload(JSON.stringify(EVENT))
  for (const hidden of [
    ...['ada.lovelace', 'old.ada', 'Lovelace', '15551234567', '4242', '3000', 'Xt5EWLLDS7FJjR1c'],
    ...['abcdef', 'secret-path', 'secretpath', 'St James', 'SW1Y', 'key-of-someone', CARD],
  ])
    expect(text, hidden).not.toContain(hidden)
})

const EVIDENCE = {
  access_activity_log: '10.1.2.3 signed in',
  uncategorized_text: 'Ada wrote to us',
  customer_purchase_ip: '203.0.113.9',
  customer_device_fingerprint: 'device-print',
  shipping_tracking_number: 'TRACK99',
}

test('a dispute shows why and how much, and none of its evidence, also where it changed', () => {
  const payload = {
    data: {
      object: {
        ...{ id: 'dp_1', amount: 1900, reason: 'fraudulent', status: 'needs_response' },
        evidence: EVIDENCE,
        enhanced_evidence: { visa_compelling_evidence_3: { disputed_transaction: EVIDENCE } },
        evidence_details: { due_by: 1795600000, has_evidence: true },
      },
      previous_attributes: { ...EVIDENCE, evidence: EVIDENCE },
    },
  }
  const text = redactPayload(JSON.stringify(payload))
  for (const hidden of Object.values(EVIDENCE)) expect(text, hidden).not.toContain(hidden)
  expect(JSON.parse(text).data.object).toMatchObject({
    ...{ id: 'dp_1', amount: 1900, reason: 'fraudulent', status: 'needs_response' },
    evidence_details: { due_by: 1795600000, has_evidence: true },
  })
})

test.each([
  ...['client_ip', 'customer_purchase_ip', 'device_fingerprint', 'tracking_number'],
  ...['address_line1', 'address_city', 'address_zip', 'address_state', 'cashtag', 'vpa'],
  ...['buyer_id', 'payer_id'],
])('what stands in the field %s is not shown, wherever it stands', (field) => {
  const source = { object: 'source', data: [{ [field]: 'of Ada' }] }
  expect(redactPayload(JSON.stringify(source))).not.toContain('of Ada')
})

test('a payload still shows what happened, to what, and how much', () => {
  const { data, ...rest } = JSON.parse(redactPayload(JSON.stringify(EVENT)))
  expect(rest).toMatchObject({ id: 'evt_1', type: 'charge.refunded', request: { id: 'req_1' } })
  expect(data.object).toMatchObject({
    ...{ id: 'ch_1', amount: 1900, currency: 'usd', customer: 'cus_1' },
    email: 'a…@example.test',
    hosted_invoice_url: 'https://invoice.stripe.com/…',
  })
})

test('the names of fields hide too: a field that is a person’s is empty where Stripe has none', () => {
  expect(JSON.parse(redactPayload('{"name":null,"phone":"","address":{"a":1}}'))).toEqual({
    name: null,
    phone: '',
    address: '…',
  })
})

test.each([
  ['sk_test_51Habcdefgh', 'sk_…'],
  ['rkcs_test_51Habcdefgh', 'rkcs_…'],
  ['whsec_abcdefghijkl', 'whsec_…'],
  ['550 5.1.1 <ada.lovelace@example.test> unknown', '550 5.1.1 <a…@example.test> unknown'],
  ['pi_3N_secret_xyz', 'pi_3N_secret_…'],
  ['card 4000-0000-0000-0002 declined', 'card … declined'],
])('of the text %j is shown %j', (text, shown) => {
  expect(redactText(text)).toBe(shown)
})

test('instants, amounts and ids are left as they are', () => {
  const text = '{"created":1795600000,"id":"in_1Q2w3E4r5T6y7U8i9O0p1A2s","amount":1900000000}'
  expect(JSON.parse(redactPayload(text))).toEqual(JSON.parse(text))
})

test('what is no JSON is not shown, and what is endless is cut', () => {
  expect(redactPayload('<html>ada@example.test')).toBe('(not JSON)')
  const long = redactPayload(JSON.stringify({ many: Array.from({ length: 60_000 }, () => 'x') }))
  expect(long.length).toBeLessThan(61_000)
})

test('an id of ours stays whole, however many digits it begins with', () => {
  const id = '12345678-1234-4234-8abc-0123456789ab'
  expect(redactText(`mail:${id} of ${CARD}`)).toBe(`mail:${id} of …`)
})

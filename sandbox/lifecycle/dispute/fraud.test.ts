import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

async function charged(
  payment_method: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
) {
  const { stripe, advance } = story
  const made = { amount: 1000, currency: 'usd', confirm: true, payment_method, ...more } as const
  const outcome = await stripe.paymentIntents
    .create({ ...made, return_url: 'http://app.test' })
    .catch((error: Stripe.errors.StripeError) => error)
  await advance(1)
  const [charge] = (await stripe.charges.list({ limit: 1 })).data
  if (!charge) throw new Error('Nothing was charged.')
  return { charge, outcome }
}

test("an issuer's warning of fraud comes after the charge, and ends with a whole refund", async () => {
  const { stripe, lastEvent, eventsSince } = story
  const { charge } = await charged('pm_card_createIssuerFraudRecord')
  expect(charge).toMatchObject({ status: 'succeeded', disputed: false })
  const { data } = await stripe.radar.earlyFraudWarnings.list({ charge: charge.id })
  expect(data).toEqual([
    {
      id: expect.stringMatching(/^issfr_/),
      object: 'radar.early_fraud_warning',
      actionable: true,
      charge: charge.id,
      created: charge.created,
      fraud_type: 'made_with_stolen_card',
      livemode: false,
      payment_intent: charge.payment_intent,
    },
  ])
  const [{ id } = { id: '' }] = data
  const [emitted] = (await stripe.events.list({ type: 'radar.early_fraud_warning.created' })).data
  expect(emitted?.data.object).toMatchObject({ id })
  const actionable = async () => (await stripe.radar.earlyFraudWarnings.retrieve(id)).actionable
  await stripe.refunds.create({ charge: charge.id, amount: 400 })
  expect(await actionable()).toBe(true)
  const before = await lastEvent()
  await stripe.refunds.create({ charge: charge.id })
  expect(await actionable()).toBe(false)
  expect((await eventsSince(before)).map(({ type }) => type)).toContain(
    'radar.early_fraud_warning.updated',
  )
})

test('a card that is disputed twice has two disputes for one charge', async () => {
  const { charge } = await charged('pm_card_createMultipleDisputes')
  const { data } = await story.stripe.disputes.list({ charge: charge.id })
  expect(data.map(({ reason }) => reason)).toEqual(['fraudulent', 'fraudulent'])
})

test.each([
  ['pm_card_createDispute', 'fraudulent', 'chargeback', '10.4'],
  ['pm_card_createDisputeProductNotReceived', 'product_not_received', 'chargeback', '13.1'],
  ['pm_card_createDisputeInquiry', 'fraudulent', 'inquiry', '10.4'],
  ['pm_card_createCe3EligibleDispute', 'fraudulent', 'chargeback', '10.4'],
  ['pm_card_createComplianceDispute', 'noncompliant', 'compliance', null],
])('%s is disputed as %s', async (method, reason, case_type, network_reason_code) => {
  const { charge } = await charged(method)
  const [dispute] = (await story.stripe.disputes.list({ charge: charge.id })).data
  expect(dispute).toMatchObject({
    reason,
    payment_method_details: { card: { case_type, network_reason_code } },
  })
})

test('what is only authorized is disputed when it is captured', async () => {
  const { stripe, advance } = story
  const { charge } = await charged('pm_card_createDispute', { capture_method: 'manual' })
  expect((await stripe.disputes.list()).data).toEqual([])
  await stripe.paymentIntents.capture(String(charge.payment_intent))
  await advance(1)
  expect((await stripe.disputes.list()).data).toHaveLength(1)
})

test.each([
  ['pm_card_cvcCheckFail', 'fail', null, null],
  ['pm_card_avsZipFail', 'pass', 'fail', null],
  ['pm_card_avsLine1Fail', 'pass', null, 'fail'],
  ['pm_card_avsFail', 'pass', 'fail', 'fail'],
  ['pm_card_avsUnchecked', 'pass', 'unavailable', 'unavailable'],
])('%s pays, and says which check failed', async (method, cvc, zip, line1) => {
  const { charge } = await charged(method)
  expect(charge).toMatchObject({
    status: 'succeeded',
    outcome: { type: 'authorized', risk_level: 'normal' },
    payment_method_details: {
      card: {
        checks: {
          cvc_check: cvc,
          address_postal_code_check: zip,
          address_line1_check: line1,
        },
      },
    },
  })
})

test.each([
  ['pm_card_cvcCheckFailElevatedRisk', 'incorrect_cvc', 'elevated', 70],
  ['pm_card_avsZipFailElevatedRisk', 'incorrect_zip', 'elevated', 70],
  ['pm_card_radarBlock', 'card_declined', 'highest', 80],
  ['pm_card_riskLevelHighest', 'card_declined', 'highest', 80],
])('%s is blocked before any bank is asked', async (method, code, risk_level, risk_score) => {
  const { charge, outcome } = await charged(method)
  expect(outcome).toMatchObject({ statusCode: 402, code })
  expect(charge).toMatchObject({
    status: 'failed',
    failure_code: code,
    outcome: { type: 'blocked', network_status: 'not_sent_to_network', risk_level, risk_score },
  })
})

test('an elevated risk pays, and is marked', async () => {
  const { charge } = await charged('pm_card_riskLevelElevated')
  expect(charge).toMatchObject({
    status: 'succeeded',
    outcome: { risk_level: 'elevated', risk_score: 70, type: 'authorized' },
  })
})

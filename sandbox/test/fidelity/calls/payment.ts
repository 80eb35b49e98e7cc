import { type Calls, payer } from './app'

/** Cards saved without a charge, a visit of a customer to a page of ours, and counted usage. */
export const callPayments: Calls = async ({ stripe, sandbox }) => {
  const { customer } = await payer(stripe)
  const intent = await stripe.setupIntents.create({ customer, usage: 'off_session' })
  await stripe.setupIntents.update(intent.id, { metadata: { of: 'app' } })
  await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
  await stripe.setupIntents.retrieve(intent.id, { expand: ['payment_method', 'customer'] })
  await stripe.setupIntents.list({ customer })
  await stripe.setupIntents.create({ customer }).then(({ id }) => stripe.setupIntents.cancel(id))
  await stripe.customerSessions.create({
    customer,
    components: { pricing_table: { enabled: true } },
  })
  const meter = await stripe.billing.meters.create({
    display_name: 'API calls',
    event_name: 'api_calls',
    default_aggregation: { formula: 'sum' },
  })
  await stripe.billing.meters.update(meter.id, { display_name: 'Calls' })
  await stripe.billing.meters.retrieve(meter.id)
  await stripe.billing.meters.list({ status: 'active' })
  await stripe.billing.meterEvents.create({
    event_name: 'api_calls',
    payload: { stripe_customer_id: customer, value: '1' },
    identifier: 'id1',
    timestamp: sandbox.clock.now(),
  })
  await stripe.billing.meters.deactivate(meter.id)
  await stripe.billing.meters.reactivate(meter.id)
  const { id: charged } = await stripe.paymentIntents.create({
    amount: 900,
    currency: 'usd',
    customer,
    payment_method: 'pm_card_createIssuerFraudRecord',
    confirm: true,
    return_url: 'http://app.test',
  })
  const warned = { payment_intent: charged, expand: ['data.charge', 'data.payment_intent'] }
  const [warning] = (await stripe.radar.earlyFraudWarnings.list(warned)).data
  await stripe.radar.earlyFraudWarnings.retrieve(warning?.id ?? '')
  await stripe.refunds.create({ payment_intent: charged })
}

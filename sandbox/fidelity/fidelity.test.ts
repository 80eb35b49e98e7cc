import { expect, test } from 'vitest'
import { setDunning } from '@/sandbox/lifecycle/dunning/policy'
import { startStory } from '@/sandbox/test-story'
import { directly } from './direct'

const DAY = 86_400

test('what old memory says is refused, and the refusal names the parameter', async () => {
  const { sandbox, catalogue, subscribe, stop } = await startStory()
  const { customer, subscription, item } = await subscribe()
  const call = directly(sandbox)
  const session = {
    mode: 'subscription',
    customer: customer.id,
    'line_items[0][price]': catalogue.proMonthly.id,
    'line_items[0][quantity]': '1',
    success_url: 'http://x.test/',
  }
  const sub = `/v1/subscriptions/${subscription.id}`
  const wrong: [path: string, form: Record<string, string>, param: string][] = [
    [
      '/v1/checkout/sessions',
      { ...session, 'payment_method_types[0]': 'card' },
      'payment_method_types',
    ],
    ['/v1/checkout/sessions', { ...session, ui_mode: 'embedded' }, 'ui_mode'],
    ['/v1/checkout/sessions', { ...session, ui_mode: 'hosted' }, 'ui_mode'],
    ['/v1/checkout/sessions', { ...session, customer_email: 'a@b.c' }, 'customer'],
    ['/v1/checkout/sessions', { ...session, coupon: 'X' }, 'coupon'],
    [
      '/v1/checkout/sessions',
      { ...session, allow_promotion_codes: 'true', 'discounts[0][coupon]': 'X' },
      'allow_promotion_codes',
    ],
    [sub, { coupon: 'X' }, 'coupon'],
    [sub, { promotion_code: 'promo_X' }, 'promotion_code'],
    [sub, { billing_cycle_anchor: 'now' }, 'billing_cycle_anchor'],
    [sub, { prorate: 'true' }, 'prorate'],
    [sub, { 'items[0][id]': item, 'items[0][plan]': 'p' }, 'items[0][plan]'],
    ['/v1/promotion_codes', { coupon: 'X' }, 'coupon'],
    ['/v1/invoices/create_preview', { customer: customer.id, coupon: 'X' }, 'coupon'],
    ['/v1/subscriptions', { customer: customer.id, 'items[0][plan]': 'p' }, 'items[0][plan]'],
    [
      '/v1/webhook_endpoints',
      { url: 'http://x.test/', 'enabled_events[0]': 'invoice.paid', enabled: 'true' },
      'enabled',
    ],
  ]
  for (const [path, form, param] of wrong) {
    const answer = call('POST', path, form)
    expect({ path, form, param: answer.ok ? 'accepted' : answer.error.param }).toEqual({
      path,
      form,
      param,
    })
  }
  expect(call('GET', '/v1/invoices/upcoming').ok).toBe(false)
  await stop()
})

test('after the last retry the account setting decides, and paying the latest invoice brings back', async () => {
  for (const [value, status] of [
    ['cancel', 'canceled'],
    ['mark_unpaid', 'unpaid'],
    ['pause', 'paused'],
    ['leave', 'past_due'],
  ] as const) {
    const { stripe, sandbox, subscribe, swapCard, advance, stop } = await startStory()
    sandbox.change(null, (tx) => setDunning(tx, { after_retries: value }))
    const { customer, subscription } = await subscribe()
    await swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
    await advance(50 * DAY)
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe(status)
    if (value === 'mark_unpaid' || value === 'leave') {
      await swapCard(customer.id, subscription.id, 'pm_card_visa')
      await stripe.invoices.pay(
        String((await stripe.subscriptions.retrieve(subscription.id)).latest_invoice),
      )
      expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active')
    }
    await stop()
  }
})

test('an idempotency key that comes again changes nothing', async () => {
  const { stripe, subscribe, lastEvent, stop } = await startStory()
  const { subscription } = await subscribe()
  const options = { idempotencyKey: 'pause-once' }
  const first = await stripe.subscriptions.pause(subscription.id, undefined, options)
  const last = await lastEvent()
  const again = await stripe.subscriptions.pause(subscription.id, undefined, options)
  expect(again).toEqual(first)
  expect(await lastEvent()).toBe(last)
  await stop()
})

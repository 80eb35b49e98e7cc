import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSandbox } from '@/sandbox/test/pages/opened-sandbox'

const DAY = 86_400
const WAY = 'http://shop.test/settings/billing'

let shop: Awaited<ReturnType<typeof openSandbox>>

beforeEach(async () => {
  shop = await openSandbox()
})

afterEach(() => shop.stop())

describe('a customer', () => {
  it('is not offered a pause that the configuration does not offer', async () => {
    const { path, subscription } = await shop.portal()
    expect((await shop.visit(path)).facts.buttons).not.toContain('Pause subscription')
    expect((await shop.visit(pathOf(path, subscription, 'pause'))).status).toBe(404)
    expect((await shop.send(pathOf(path, subscription, 'pause'), { length: '0' })).status).toBe(404)
    expect(await status(subscription)).toBe('active')
  })

  it('pauses for one of the lengths that are offered, and sees until when', async () => {
    await offerPause([
      { interval: 'week', interval_count: 2 },
      { interval: 'month', interval_count: 3 },
    ])
    const { path, subscription } = await shop.portal()
    expect((await shop.visit(path)).facts.buttons).toContain('Pause subscription')
    const pause = pathOf(path, subscription, 'pause')
    const asked = await shop.visit(pause)
    expect(asked.facts.headings[0]).toBe('Pause your Pro subscription')
    expect(asked.facts.text).toMatch(/\$19\.00 that you have paid and not used is taken off/)
    expect(asked.facts.text).toMatch(/2 weeks, until .* 3 months, until /)
    expect((await shop.send(pause, { length: '7' })).facts.text).toContain('Choose for how long')
    const done = await shop.send(pause, { length: '0' })
    expect(done.location).toBe(`${path}?done=paused`)
    expect(await shop.stripe.subscriptions.retrieve(subscription)).toMatchObject({
      status: 'paused',
      status_details: { paused: { subscription: { type: 'pause_requested' } } },
    })
    const { facts } = await shop.visit(path)
    expect(facts.text).toMatch(/Pro Paused \$19\.00 per month Nothing is charged until .* Then it/)
  })

  it('is back by itself when the time is over, for what is left of the old period less', async () => {
    await offerPause([{ interval: 'week', interval_count: 2 }])
    const { path, subscription, customer } = await shop.portal()
    await shop.send(pathOf(path, subscription, 'pause'), { length: '0' })
    await advance(14 * DAY - 60)
    expect(await status(subscription)).toBe('paused')
    await advance(120)
    expect(await status(subscription)).toBe('active')
    const [invoice] = (await shop.stripe.invoices.list({ customer, limit: 1 })).data
    expect(invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_update' })
    expect(invoice?.total).toBeLessThan(100)
    await advance(20 * DAY)
    const resumed = await shop.stripe.events.list({ type: 'customer.subscription.resumed' })
    expect(resumed.data).toHaveLength(1)
  })

  it('resumes earlier after seeing what it costs, and is then not resumed again', async () => {
    await offerPause([{ interval: 'month' }])
    const { path, subscription } = await shop.portal()
    await shop.send(pathOf(path, subscription, 'pause'), { length: '0' })
    await advance(3 * DAY)
    expect((await shop.visit(path)).facts.buttons).toContain('Resume subscription')
    const unpause = pathOf(path, subscription, 'unpause')
    const { facts } = await shop.visit(unpause)
    expect(facts.text).toContain('A new period begins today, at $19.00 per month.')
    expect(facts.rowHeaders.join(' ')).toMatch(/Unused time on Pro.*Amount due today/)
    const done = await shop.send(unpause)
    expect(done.location).toBe(`${path}?done=unpaused`)
    expect(await status(subscription)).toBe('active')
    expect((await shop.send(unpause)).status).toBe(303)
    // The end of that pause is not the end of the next one.
    await shop.stripe.subscriptions.pause(subscription)
    await advance(40 * DAY)
    expect(await status(subscription)).toBe('paused')
  })

  it('stays paused with a card that refuses, and shows why', async () => {
    await offerPause(null)
    const { path, subscription, customer } = await shop.portal()
    await shop.send(pathOf(path, subscription, 'pause'), { length: '0' })
    const method = await shop.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer,
    })
    await shop.stripe.subscriptions.update(subscription, { default_payment_method: method.id })
    await advance(100 * DAY)
    expect((await shop.visit(path)).facts.text).toContain('Nothing is charged until you resume it.')
    const refused = await shop.send(pathOf(path, subscription, 'unpause'))
    expect(refused.status).toBe(402)
    expect(refused.facts.text).toContain(
      'Your card was declined. Your subscription is still paused.',
    )
    expect(refused.facts.links).toHaveProperty('Update payment method')
    expect(await status(subscription)).toBe('paused')
  })

  it('ends at once when it is canceled while it is paused', async () => {
    await offerPause([{ interval: 'week' }])
    const { path, subscription } = await shop.portal()
    await shop.send(pathOf(path, subscription, 'pause'), { length: '0' })
    await advance(3 * DAY)
    const cancel = pathOf(path, subscription, 'cancel')
    expect((await shop.visit(cancel)).facts.text).toContain('Pro ends at once.')
    expect((await shop.send(cancel)).location).toBe(`${path}?done=canceled`)
    const { ended_at, start_date } = await shop.stripe.subscriptions.retrieve(subscription)
    expect(ended_at).toBeGreaterThanOrEqual(start_date + 3 * DAY)
    await advance(10 * DAY)
    expect(await status(subscription)).toBe('canceled')
  })

  it('cannot pause a trial, nor what is about to end', async () => {
    await offerPause(null)
    const { path, subscription } = await shop.portal()
    await shop.stripe.subscriptions.update(subscription, { cancel_at_period_end: true })
    expect((await shop.visit(pathOf(path, subscription, 'pause'))).status).toBe(404)
    await shop.stripe.subscriptions.update(subscription, { cancel_at_period_end: false })
    await shop.stripe.subscriptions.update(subscription, { trial_end: (await now()) + DAY })
    expect((await shop.visit(pathOf(path, subscription, 'pause'))).status).toBe(404)
  })
})

it('a session that was opened to pause begins there, and ends at its return address', async () => {
  await offerPause(null)
  const { subscription, open } = await shop.portal()
  const path = await open({
    flow_data: {
      type: 'subscription_pause',
      subscription_pause: { subscription },
      after_completion: { type: 'redirect', redirect: { return_url: WAY } },
    },
  })
  const start = await shop.visit(path)
  expect(start.location).toBe(pathOf(path, subscription, 'pause'))
  expect((await shop.send(start.location ?? '', { length: '0' })).location).toBe(WAY)
  expect(await status(subscription)).toBe('paused')
})

type Options = { interval: 'week' | 'month'; interval_count?: number }[]

function offerPause(interval_options: Options | null) {
  const duration = interval_options
    ? { type: 'interval_options' as const, interval_options }
    : { type: 'indefinite' as const }
  return shop.stripe.billingPortal.configurations.update(shop.configuration, {
    features: { subscription_pause: { enabled: true, duration } },
  })
}

function pathOf(portal: string, subscription: string, what: string): string {
  return `${portal}/subscriptions/${subscription}/${what}`
}

async function status(subscription: string): Promise<string> {
  return (await shop.stripe.subscriptions.retrieve(subscription)).status
}

async function now(): Promise<number> {
  return JSON.parse((await shop.visit('/_sandbox/health')).page).now
}

async function advance(seconds: number) {
  const body = JSON.stringify({ advance: seconds })
  const response = await fetch(new URL('/_sandbox/clock', shop.url), { method: 'POST', body })
  expect(response.status).toBe(200)
}

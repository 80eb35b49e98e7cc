import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSandbox } from '@/sandbox/test/pages/opened-sandbox'

let shop: Awaited<ReturnType<typeof openSandbox>>

beforeEach(async () => {
  shop = await openSandbox()
})

afterEach(() => shop.stop())

describe('the clock of the dashboard', () => {
  it('jumps to the renewal, and says so', async () => {
    const { customer, subscription } = await shop.portal()
    const before = await periodEnd(subscription)
    const answer = await jump('renewal', subscription)
    expect(answer.location).toBe(`/dashboard/customers/${customer}?done=jumped`)
    expect(await periodEnd(subscription)).toBeGreaterThan(before)
    const { facts } = await shop.visit(answer.location ?? '')
    expect(facts.text).toContain('The clock was moved, and what was due has happened.')
    const [invoice] = (await shop.stripe.invoices.list({ subscription })).data
    expect(invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_cycle' })
  })

  it('jumps to a renewal at which the card is declined', async () => {
    const { customer, subscription } = await shop.portal()
    await jump('decline', subscription)
    expect((await shop.stripe.subscriptions.retrieve(subscription)).status).toBe('past_due')
    const { facts } = await shop.visit(`/dashboard/customers/${customer}`)
    expect(facts.text).toContain('Payment of $19.00 failed. Next attempt')
    expect(facts.text).toContain('Became past_due')
  })

  it('jumps to a charge at which the bank asks, whatever card is saved, and says what that took', async () => {
    const { customer, subscription } = await shop.portal()
    const answer = await jump('three_d_secure', subscription)
    const { facts } = await shop.visit(answer.location ?? '')
    expect(facts.text).toContain('the bank was set to ask the cardholder at that one charge')
    expect(facts.text).toContain('The bank asks before $19.00 is paid')
    expect((await shop.stripe.subscriptions.retrieve(subscription)).status).toBe('past_due')
    // The next attempt goes as the card usually does.
    const retried = await jump('dispute', subscription)
    expect(retried.location).toBe(`/dashboard/customers/${customer}?done=disputed`)
    expect((await shop.stripe.subscriptions.retrieve(subscription)).status).toBe('active')
    const [dispute, ...more] = (await shop.stripe.disputes.list()).data
    expect(more).toEqual([])
    expect(dispute).toMatchObject({ amount: 1900, status: 'needs_response' })
    const shown = await shop.visit(retried.location ?? '')
    expect(shown.facts.text).toContain('$19.00 is disputed')
    await jump('renewal', subscription)
    expect((await shop.stripe.disputes.list()).data).toHaveLength(1)
  })

  it('gives a trial without a card one that does what is asked for', async () => {
    const customer = await shop.stripe.customers.create({ name: 'Bo' })
    const trial = await shop.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: shop.prices.pro }],
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
    })
    await jump('dispute', trial.id)
    expect((await shop.stripe.subscriptions.retrieve(trial.id)).status).toBe('active')
    expect((await shop.stripe.disputes.list()).data).toHaveLength(1)
  })

  it('says when there was nothing to charge', async () => {
    const coupon = await shop.stripe.coupons.create({ percent_off: 100, duration: 'forever' })
    const { subscription } = await shop.portal()
    await shop.stripe.subscriptions.update(subscription, { discounts: [{ coupon: coupon.id }] })
    const { location } = await jump('three_d_secure', subscription)
    expect((await shop.visit(location ?? '')).facts.text).toContain('Nothing was charged')
  })

  it('offers no charge to what is not going to be charged', async () => {
    const { customer, subscription } = await shop.portal()
    await shop.stripe.subscriptions.update(subscription, { cancel_at_period_end: true })
    expect((await jump('dispute', subscription)).status).toBe(400)
    const { page } = await shop.visit(`/dashboard/customers/${customer}`)
    expect(page).toMatch(/value="dispute" disabled/)
    expect(page).not.toMatch(/value="month" disabled/)
  })

  it('jumps to the end of the first trial, a day and a month', async () => {
    expect((await jump('trial_end')).status).toBe(400)
    const { customer } = await shop.checkout()
    const trial = await subscribe(customer, { trial_period_days: 14 })
    const start = await now()
    await jump('day')
    expect((await now()) - start).toBeGreaterThanOrEqual(86_400)
    await jump('trial_end')
    expect((await shop.stripe.subscriptions.retrieve(trial.id)).status).toBe('active')
    const later = await now()
    await jump('month')
    expect((await now()) - later).toBeGreaterThanOrEqual(28 * 86_400)
  })

  it('moves the test clock of a customer who lives on one, and no other', async () => {
    const frozen_time = Date.UTC(2028, 0, 31) / 1000
    const clock = await shop.stripe.testHelpers.testClocks.create({ frozen_time })
    const { id } = await shop.stripe.customers.create({ test_clock: clock.id, name: 'Cleo' })
    const { id: subscription } = await subscribe(id)
    const { facts } = await shop.visit(`/dashboard/customers/${id}`)
    expect(facts.headings).toContain('Its test clock')
    await jump('renewal', subscription)
    const moved = await shop.stripe.testHelpers.testClocks.retrieve(clock.id)
    expect(moved).toMatchObject({
      status: 'ready',
      frozen_time: Date.UTC(2028, 1, 29, 1, 1) / 1000,
    })
    expect(Math.abs((await now()) - Date.now() / 1000)).toBeLessThan(3)
  })
})

function jump(name: string, subscription?: string) {
  const fields = subscription ? { jump: name, subscription } : { jump: name }
  return shop.send('/dashboard/clock', fields)
}

async function now(): Promise<number> {
  return JSON.parse((await shop.visit('/_sandbox/health')).page).now
}

async function periodEnd(subscription: string): Promise<number> {
  const { items } = await shop.stripe.subscriptions.retrieve(subscription)
  return items.data[0]?.current_period_end ?? 0
}

async function subscribe(customer: string, more: { trial_period_days?: number } = {}) {
  const method = await shop.stripe.paymentMethods.attach('pm_card_visa', { customer })
  return shop.stripe.subscriptions.create({
    customer,
    items: [{ price: shop.prices.pro }],
    default_payment_method: method.id,
    ...more,
  })
}

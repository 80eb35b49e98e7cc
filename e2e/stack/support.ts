import { control } from './sandbox'

/** Amounts in minor units, instants in Unix seconds, as Stripe has them. */
export type Invoice = {
  status: string
  total: number
  amount_paid: number
  lines: { data: { description: string; amount: number; period: { start: number; end: number } }[] }
}

/**
 * What support does in Stripe's dashboard for a customer who hesitates: a plan whose first days
 * are free, for the customer with this address.
 * @returns when the trial ends
 */
export async function giveTrial(email: string, lookupKey: string, days: number): Promise<Date> {
  const prices = await control('GET', `/v1/prices?lookup_keys[0]=${lookupKey}`)
  const made = await control(
    'POST',
    '/v1/subscriptions',
    new URLSearchParams({
      customer: await customerOf(email),
      'items[0][price]': prices.data[0].id,
      trial_period_days: String(days),
    }),
  )
  return new Date(made.trial_end * 1000)
}

/** Everything that a customer was ever billed for, the oldest first; at most 100. */
export async function invoicesOf(email: string): Promise<Invoice[]> {
  const path = `/v1/invoices?limit=100&customer=${await customerOf(email)}`
  return (await control('GET', path)).data.reverse()
}

/**
 * Begins the period of a customer's plan anew, charged to this test payment method of Stripe's: a renewal at
 * once, without moving the clock by which everyone else lives.
 */
export async function renewNow(email: string, method: string): Promise<void> {
  const customer = await customerOf(email)
  const attached = new URLSearchParams({ customer })
  const { id } = await control('POST', `/v1/payment_methods/${method}/attach`, attached)
  const { data } = await control('GET', `/v1/subscriptions?customer=${customer}`)
  const change = { 'billing_cycle_anchor[type]': 'now', proration_behavior: 'none' }
  const body = new URLSearchParams({ ...change, default_payment_method: id })
  await control('POST', `/v1/subscriptions/${data[0].id}`, body)
}

/** What a bank has confirmed for a customer with this address, on a page of its own: a SetupIntent's id. */
export async function leaveMethod(email: string, method: string): Promise<string> {
  const customer = await customerOf(email)
  const body = new URLSearchParams({ customer, payment_method: method, confirm: 'true' })
  body.set('return_url', 'http://localhost/')
  return (await control('POST', '/v1/setup_intents', body)).id
}

/** The money that left a customer's card, charge by charge, the oldest first; at most 100. */
export async function chargesOf(email: string): Promise<number[]> {
  const path = `/v1/charges?limit=100&customer=${await customerOf(email)}`
  const charges: { paid: boolean; amount: number }[] = (await control('GET', path)).data
  return charges
    .filter(({ paid }) => paid)
    .map(({ amount }) => amount)
    .reverse()
}

/** Makes a promotion code that takes off so many percent once, as one does in Stripe's dashboard. */
export async function makeCode(code: string, percent: number): Promise<void> {
  const coupon = new URLSearchParams({ percent_off: String(percent), duration: 'once' })
  const { id } = await control('POST', '/v1/coupons', coupon)
  const body = new URLSearchParams({ 'promotion[type]': 'coupon', 'promotion[coupon]': id, code })
  await control('POST', '/v1/promotion_codes', body)
}

/** The customer at Stripe with this address. */
export async function customerOf(email: string): Promise<string> {
  const { data } = await control('GET', `/v1/customers?email=${encodeURIComponent(email)}`)
  if (data.length === 1) return data[0].id
  throw new Error(`Stripe has ${data.length} customers with this address.`)
}

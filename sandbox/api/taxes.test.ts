import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

describe('taxes', () => {
  test.each([
    ['exclusive', 2261, 361, 1900],
    ['inclusive', 1900, 303, 1597],
  ] as const)(
    'of a country are added to, or are part of, a price that is %s of them',
    async (tax_behavior, total, tax, net) => {
      const price = await monthly({ tax_behavior })
      const customer = await payer({ address: { country: 'DE' } })
      const invoice = await firstInvoice({
        customer,
        items: [{ price }],
        automatic_tax: { enabled: true },
      })
      expect(invoice).toMatchObject({
        subtotal: 1900,
        total,
        total_excluding_tax: net,
        amount_paid: total,
        automatic_tax: { enabled: true, status: 'complete' },
        total_taxes: [{ amount: tax, tax_behavior, taxability_reason: 'standard_rated' }],
      })
      const rate = invoice.total_taxes?.[0]?.tax_rate_details?.tax_rate ?? ''
      expect(await story.stripe.taxRates.retrieve(rate)).toMatchObject({
        country: 'DE',
        percentage: 19,
        inclusive: tax_behavior === 'inclusive',
      })
    },
  )

  test('are owed by a business of the Union itself, and not by an exempt customer', async () => {
    const price = await monthly({ tax_behavior: 'exclusive' })
    const business = await payer({
      address: { country: 'DE' },
      tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
    })
    const exempt = await payer({ address: { country: 'DE' }, tax_exempt: 'exempt' })
    for (const [customer, taxability_reason] of [
      [business, 'reverse_charge'],
      [exempt, 'customer_exempt'],
    ] as const) {
      const invoice = await firstInvoice({
        customer,
        items: [{ price }],
        automatic_tax: { enabled: true },
      })
      expect(invoice).toMatchObject({
        total: 1900,
        total_taxes: [{ amount: 0, taxability_reason }],
      })
    }
    expect((await story.stripe.invoices.list({ customer: business })).data[0]).toMatchObject({
      customer_tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
    })
  })

  test('cannot be reckoned for a customer whose country is unknown', async () => {
    const customer = await payer()
    await expect(
      story.stripe.subscriptions.create({
        customer,
        items: [{ price: story.catalog.proMonthly.id }],
        automatic_tax: { enabled: true },
      }),
    ).rejects.toMatchObject({ code: 'customer_tax_location_invalid' })
    await expect(
      story.stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'nonsense' }),
    ).rejects.toMatchObject({ code: 'tax_id_invalid' })
  })

  test('that are named are on the item, and on what is left of it', async () => {
    const rate = await story.stripe.taxRates.create({
      display_name: 'Sales',
      inclusive: false,
      percentage: 10,
    })
    const customer = await payer()
    const items = [{ price: story.catalog.proMonthly.id, tax_rates: [rate.id] }]
    const invoice = await firstInvoice({ customer, items })
    expect(invoice).toMatchObject({ subtotal: 1900, total: 2090, amount_paid: 2090 })
    const { data } = await story.stripe.subscriptions.list({ customer })
    const preview = await story.stripe.invoices.createPreview({ subscription: data[0]?.id ?? '' })
    expect(preview.total).toBe(2090)
  })
})

async function payer(more: Stripe.CustomerCreateParams = {}): Promise<string> {
  const { id } = await story.stripe.customers.create({
    ...more,
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  return id
}

async function monthly(more: Partial<Stripe.PriceCreateParams>): Promise<string> {
  const { id } = await story.stripe.prices.create({
    product: story.catalog.pro.id,
    currency: 'usd',
    unit_amount: 1900,
    recurring: { interval: 'month' },
    ...more,
  })
  return id
}

async function firstInvoice(asked: Stripe.SubscriptionCreateParams): Promise<Stripe.Invoice> {
  return latest((await story.stripe.subscriptions.create(asked)).id)
}

async function latest(subscription: string): Promise<Stripe.Invoice> {
  const { latest_invoice } = await story.stripe.subscriptions.retrieve(subscription, {
    expand: ['latest_invoice'],
  })
  return latest_invoice as Stripe.Invoice
}

import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { CHECKOUT_POLICY } from '@/lib/catalog/checkout-policy'
import { CREDIT_PACKS } from '@/lib/catalog/credit-packs'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { startCredits } from '@/lib/credits/start'
import { stripeClient } from '@/lib/stripe/client'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { CARD, shopper } from './shop.fixture'
import { shopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

const PRO = { tier: SMALL, interval: 'month' } as const
const DEFAULTS = { ...CHECKOUT_POLICY }

const shop = shopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
  Object.assign(CHECKOUT_POLICY, DEFAULTS)
})
afterAll(() => {
  Object.assign(CHECKOUT_POLICY, DEFAULTS)
})

describe('what Checkout asks its buyer', () => {
  it('is by default nothing that an account has to be set up for', async () => {
    expect(await open()).toMatchObject({
      automatic_tax: { enabled: false },
      billing_address_collection: 'auto',
      locale: 'auto',
      managed_payments: null,
      amount_total: 1900,
    })
  })

  it('with automatic tax is the address, which the customer keeps, and the tax is paid', async () => {
    Object.assign(CHECKOUT_POLICY, { tax: 'automatic' })
    const session = await open()
    expect(session).toMatchObject({
      automatic_tax: { enabled: true },
      billing_address_collection: 'required',
    })
    await payCheckout(shop.sandbox, session.id, { ...CARD, country: 'DE', postalCode: '10115' })
    const paid = await stripeClient().checkout.sessions.retrieve(session.id, {
      expand: ['customer', 'subscription'],
    })
    expect(paid.total_details?.amount_tax).toBeGreaterThan(0)
    expect(paid.customer).toMatchObject({ address: { country: 'DE' } })
    expect(paid.subscription).toMatchObject({ automatic_tax: { enabled: true } })
  })

  it('with tax ids is the tax id of a business, which its customer keeps', async () => {
    Object.assign(CHECKOUT_POLICY, { taxIds: true })
    const session = await open()
    expect(session.tax_id_collection).toMatchObject({ enabled: true })
    const taxId = { type: 'eu_vat', value: 'DE123456789' }
    await payCheckout(shop.sandbox, session.id, { ...CARD, country: 'DE', taxId })
    const { data } = await stripeClient().customers.listTaxIds(String(session.customer))
    expect(data).toMatchObject([{ value: 'DE123456789' }])
  })

  it('under a merchant of record is left to it', async () => {
    Object.assign(CHECKOUT_POLICY, { tax: 'managed', taxIds: true, billingAddress: 'required' })
    const session = await open()
    expect(session.managed_payments).toEqual({ enabled: true })
    expect(session.automatic_tax.enabled).toBe(false)
    expect(session.billing_address_collection).toBeNull()
  })

  it.each([
    ['tax', { tax: 'automatic' }],
    ['the address', { billingAddress: 'required' }],
    ['tax ids', { taxIds: true }],
    ['consent to the terms', { termsConsent: true }],
    ['the language', { locale: 'de' }],
  ])('in another way about %s closes the page that was open', async (_, change) => {
    const before = await open()
    Object.assign(CHECKOUT_POLICY, change)
    const after = await open()
    expect(after.id).not.toBe(before.id)
    expect((await stripeClient().checkout.sessions.retrieve(before.id)).status).toBe('expired')
    expect((await open()).id).toBe(after.id)
  })

  it('is the same for credits, whose open page is not reused either once it has changed', async () => {
    const [pack] = CREDIT_PACKS
    if (!pack) throw new Error('The catalog sells no credits.')
    const first = await startCredits(me.actor, pack)
    expect(await startCredits(me.actor, pack)).toEqual(first)
    Object.assign(CHECKOUT_POLICY, { tax: 'automatic' })
    const second = await startCredits(me.actor, pack)
    expect(second).not.toEqual(first)
    expect((await retrieve(second.url)).automatic_tax.enabled).toBe(true)
  })
})

async function open() {
  const answer = await startCheckout(me.actor, PRO)
  if (answer.kind !== 'checkout') throw new Error(`Expected a checkout, got ${answer.kind}.`)
  return retrieve(answer.url)
}

function retrieve(url: string) {
  return stripeClient().checkout.sessions.retrieve(url.split('/').at(-1) ?? '')
}

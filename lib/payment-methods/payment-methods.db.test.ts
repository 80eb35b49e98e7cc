import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { readBilling } from '@/lib/billing/read'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { openShop, shopper } from '@/lib/checkout/shop.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import { chargeTo, historyOf } from '@/lib/outbox/history.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { mayRead } from '@/lib/redis/person-reads'
import { stripeClient } from '@/lib/stripe/client'
import { refusalOf } from '@/lib/subscriptions/asked.fixture'
import { changePlan } from '@/lib/subscriptions/change-plan'
import { readOpenPayment } from '@/lib/subscriptions/open-payment'
import { payOpenInvoice } from '@/lib/subscriptions/pay'
import { reviewChange } from '@/lib/subscriptions/review-change'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import type { RunningSandbox } from '@/sandbox/server'
import { putMethodToUse } from './put-to-use'
import { readLeft } from './read-left'
import { readOwnSetup } from './read-setup'
import { setUpPaymentMethod } from './set-up'

let shop: RunningSandbox
let history: ReturnType<typeof historyOf>
let me: Subscriber

beforeAll(async () => {
  shop = await openShop()
  history = historyOf(shop)
})
beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

type Person = Pick<Subscriber, 'actor'>
type Shopper = Awaited<ReturnType<typeof shopper>>

/** What a browser does with the client secret: confirms it with a card. */
async function leave({ actor }: Person, card: string): Promise<string> {
  const { clientSecret } = await setUpPaymentMethod(actor)
  const [id = ''] = clientSecret.split('_secret_')
  await stripeClient()
    .setupIntents.confirm(id, {
      payment_method: card,
      return_url: 'http://localhost:3000/settings/billing/payment-method',
    })
    .catch(() => null)
  return id
}

/** What the page sends that shows what is open now. */
async function putToUse({ actor, workspaceId }: Subscriber | Shopper, setupIntent: unknown) {
  const payment = await readOpenPayment(actor)
  const { status } = await readBilling(workspaceId)
  const shown = shownCharge(payment?.open ?? null, { paused: status === 'paused' })
  return putMethodToUse(actor, { setupIntent, shown })
}

const trail = async ({ customerId }: Pick<Subscriber, 'customerId'> = me) =>
  (await listAudit(customerId)).filter(({ action }) => /\.(request_|set_up)/.test(action))
const actions = async () => (await trail()).map(({ action }) => action)
const defaultOf = async ({ customerId } = me) => {
  const customer = await stripeClient().customers.retrieve(customerId)
  return customer.deleted ? null : customer.invoice_settings.default_payment_method
}
const methodOf = async (setup: string) =>
  (await stripeClient().setupIntents.retrieve(setup)).payment_method

describe('a card that is left on our page', () => {
  it('is left for the customer of who asks, and that is on record without its secret', async () => {
    const { clientSecret } = await setUpPaymentMethod(me.actor)
    const [id = ''] = clientSecret.split('_secret_')
    const intent = await stripeClient().setupIntents.retrieve(id)
    expect(intent).toMatchObject({ customer: me.customerId, usage: 'off_session' })
    expect(await trail()).toMatchObject([
      { action: 'payment_method.set_up', actor: me.actor, after: { setupIntent: id } },
    ])
    expect(JSON.stringify(await trail())).not.toContain('_secret_')
  })

  it('is what the plan and the customer are charged to from then on, and put to use once', async () => {
    const setup = await leave(me, 'pm_card_mastercard')
    expect(await putToUse(me, setup)).toEqual({ kind: 'nothing_open' })
    expect(await putToUse(me, setup)).toEqual({ kind: 'nothing_open' })
    const card = await methodOf(setup)
    expect(await defaultOf()).toBe(card)
    const subscription = await stripeClient().subscriptions.retrieve(me.subscriptionId)
    expect(subscription.default_payment_method).toBe(card)
    expect(await actions()).toEqual([
      'payment_method.set_up',
      'payment_method.request_default',
      'subscription.request_card',
    ])
  })

  it('is not put to use again by an old address, once a newer one is', async () => {
    const first = await leave(me, 'pm_card_visa')
    await putToUse(me, first)
    await history.later(1)
    const second = await leave(me, 'pm_card_mastercard')
    await putToUse(me, second)
    await putToUse(me, first)
    expect(await defaultOf()).toBe(await methodOf(second))
  })

  it('of another customer, made up, or of another kind is refused, and changes nothing', async () => {
    const other = await subscriber()
    const theirs = await leave(other, 'pm_card_visa')
    for (const id of [theirs, 'seti_unheard', 'seti_../customers', 'pi_1', '', null, ['seti_1']]) {
      expect(await refusalOf(putToUse(me, id))).toBe('setup_unknown')
      expect(await refusalOf(readOwnSetup(me.actor, id))).toBe('setup_unknown')
    }
    expect(await defaultOf()).toBe(null)
    expect(await actions()).toEqual([])
  })

  it('is not put to use before its bank has confirmed it, nor when it said no', async () => {
    const { clientSecret } = await setUpPaymentMethod(me.actor)
    const [id] = clientSecret.split('_secret_')
    expect(await refusalOf(putToUse(me, id))).toBe('setup_unconfirmed')
    const asked = await leave(me, 'pm_card_authenticationRequired')
    expect(await refusalOf(putToUse(me, asked))).toBe('setup_unconfirmed')
    const declined = await leave(me, 'pm_card_visa_chargeDeclinedInsufficientFunds')
    expect(await refusalOf(putToUse(me, declined))).toBe('card_funds')
    expect(await defaultOf()).toBe(null)
  })

  it('is looked at as often as one may look in a minute, and then Stripe is asked no more', async () => {
    const setup = await leave(me, 'pm_card_visa')
    expect(await readLeft(me.actor, setup)).toEqual({ kind: 'left', isNews: true })
    await putToUse(me, setup)
    expect(await readLeft(me.actor, setup)).toEqual({ kind: 'left', isNews: false })
    for (let n = 0; n < 60; n += 1) await mayRead(me.userId)
    let asked = 0
    const count = () => {
      asked += 1
    }
    stripeClient().on('request', count)
    const reason = 'too_many_tries'
    expect(await readLeft(me.actor, setup)).toEqual({ kind: 'refused', reason })
    expect(await readOpenPayment(me.actor)).toBeNull()
    stripeClient().off('request', count)
    expect(asked).toBe(0)
  })

  it('is kept for a customer without a plan, and refused to a user who never bought', async () => {
    const buyer = await shopper()
    expect(await refusalOf(setUpPaymentMethod(buyer.actor))).toBe('no_billing')
    const customerId = await ensureCustomer(buyer.actor, buyer.workspaceId)
    const setup = await leave(buyer, 'pm_card_visa')
    expect(await putToUse(buyer, setup)).toEqual({ kind: 'nothing_open' })
    const customer = await stripeClient().customers.retrieve(customerId)
    expect(customer).toMatchObject({
      invoice_settings: { default_payment_method: await methodOf(setup) },
    })
  })
})

describe('with a renewal that failed, a card that is left on our page', () => {
  beforeEach(async () => {
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(31, 2)
    expect(await readBilling(me.workspaceId)).toMatchObject({ status: 'past_due' })
  })

  it('pays what is open at once, and once, however often it is sent', async () => {
    const setup = await leave(me, 'pm_card_visa')
    const shown = shownCharge((await readOpenPayment(me.actor))?.open ?? null, { paused: false })
    const left = { setupIntent: setup, shown }
    const kinds = await Promise.all(
      [1, 2].map(async () => (await putMethodToUse(me.actor, left)).kind),
    )
    expect(kinds).toContain('paid')
    expect(await readBilling(me.workspaceId)).toMatchObject({ status: 'active', access: 'full' })
    const { data } = await stripeClient().charges.list({ customer: me.customerId })
    expect(data.filter(({ paid }) => paid)).toHaveLength(2)
  })

  it('that cannot pay says why, and the payment stays open', async () => {
    const setup = await leave(me, 'pm_card_chargeCustomerFail')
    expect(await refusalOf(putToUse(me, setup))).toBe('card_declined')
    expect(await readBilling(me.workspaceId)).toMatchObject({ status: 'past_due' })
  })
})

describe('with an upgrade that waits for its payment, a card that is left on our page', () => {
  beforeEach(async () => {
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(3)
    const { offer } = await reviewChange(me.actor, { tier: GREAT, interval: 'month' })
    expect(await refusalOf(changePlan(me.actor, { offer, agreed: true }))).toBe('card_declined')
    expect(await readBilling(me.workspaceId)).toMatchObject({ status: 'active', tier: SMALL })
  })
  const paid = async () => {
    const { data } = await stripeClient().charges.list({ customer: me.customerId })
    return data.filter((charge) => charge.paid).length
  }

  it('is shown what it will be charged, and then pays it', async () => {
    const payment = await readOpenPayment(me.actor)
    const [invoice] = (await stripeClient().invoices.list({ subscription: me.subscriptionId })).data
    expect(payment).toMatchObject({
      open: { remaining: { amount: invoice?.amount_remaining, currency: 'usd' } },
      confirmable: null,
    })
    expect(await putToUse(me, await leave(me, 'pm_card_visa'))).toEqual({ kind: 'paid' })
    expect(await readBilling(me.workspaceId)).toMatchObject({ tier: GREAT })
  })

  it('is kept, and charged nothing that its page did not show: nothing, another amount, another invoice', async () => {
    const setupIntent = await leave(me, 'pm_card_visa')
    const open = (await readOpenPayment(me.actor))?.open ?? null
    const shown = shownCharge(open, { paused: false })
    const before = await paid()
    for (const other of [undefined, '', 'resumes', `${shown}0`, shown.replace('in_', 'in_0'), 'x'])
      expect(await putMethodToUse(me.actor, { setupIntent, shown: other })).toEqual({
        kind: 'not_shown',
      })
    expect(await paid()).toBe(before)
    expect(await readBilling(me.workspaceId)).toMatchObject({ tier: SMALL })
    expect(await defaultOf()).toBe(await methodOf(setupIntent))
    expect(await actions()).not.toContain('invoice.request_payment')
    expect(await readOpenPayment(me.actor)).toMatchObject({ open: { id: open?.id } })
  })
})

describe('a payment that its bank asks about', () => {
  const confirmable = async (actor: Subscriber['actor']) =>
    (await readOpenPayment(actor))?.confirmable

  it('is confirmed under its own secret, by its own customer alone', async () => {
    await chargeTo(me, 'pm_card_authenticationRequired')
    await history.later(31, 2)
    expect(await confirmable((await subscriber()).actor)).toBeNull()
    expect(await payOpenInvoice(me.actor)).toMatchObject({ kind: 'confirm' })
    expect(await confirmable(me.actor)).toEqual({
      clientSecret: expect.stringMatching(/^pi_\w+_secret_/),
      amount: { amount: 1900, currency: 'usd' },
      payUrl: expect.stringContaining('/i/in_'),
    })
  })

  it('is none of a payment that was refused, of one that is paid, and without a plan', async () => {
    expect(await confirmable(me.actor)).toBeNull()
    expect(await confirmable((await shopper()).actor)).toBeNull()
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(31, 2)
    expect(await confirmable(me.actor)).toBeNull()
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { readBilling } from '@/lib/billing/read'
import { shopper } from '@/lib/checkout/shop.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { mayRead } from '@/lib/redis/person-reads'
import { SENTENCES } from '@/lib/refusals/sentences'
import { stripeClient } from '@/lib/stripe/client'
import { refusalOf } from '@/lib/subscriptions/asked.fixture'
import { readOpenPayment } from '@/lib/subscriptions/open-payment'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { soak } from '@/scripts/test/soak.fixture'
import { askedFor, defaultOf, leave, methodOf, putToUse } from './left.fixture'
import { putMethodToUse } from './put-to-use'
import { readLeft } from './read-left'
import { readOwnSetup } from './read-setup'
import { setUpPaymentMethod } from './set-up'

const { shop, history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const actions = async () => (await askedFor(me.customerId)).map(({ action }) => action)

describe('a card that is left on our page', () => {
  it('is left for the customer of who asks, and that is on record without its secret', async () => {
    const { clientSecret } = await setUpPaymentMethod(me.actor)
    const [id = ''] = clientSecret.split('_secret_')
    const intent = await stripeClient().setupIntents.retrieve(id)
    expect(intent).toMatchObject({
      ...{ customer: me.customerId, usage: 'off_session' },
      // What these leave is not what can be charged later.
      excluded_payment_method_types: ['bancontact', 'ideal', 'sofort'],
    })
    expect(await askedFor(me.customerId)).toMatchObject([
      { action: 'payment_method.set_up', actor: me.actor, after: { setupIntent: id } },
    ])
    expect(JSON.stringify(await askedFor(me.customerId))).not.toContain('_secret_')
  })

  it('is what the plan and the customer are charged to from then on, and put to use once', async () => {
    const setup = await leave(me, 'pm_card_mastercard')
    expect(await putToUse(me, setup)).toEqual({ kind: 'nothing_open' })
    expect(await putToUse(me, setup)).toEqual({ kind: 'nothing_open' })
    const card = await methodOf(setup)
    expect(await defaultOf(me.customerId)).toBe(card)
    const subscription = await stripeClient().subscriptions.retrieve(me.subscriptionId)
    expect(subscription.default_payment_method).toBe(card)
    expect(await actions()).toEqual([
      'payment_method.set_up',
      'payment_method.request_default',
      'subscription.request_card',
    ])
  })

  soak('is not put to use again by an old address, once a newer one is', async () => {
    const first = await leave(me, 'pm_card_visa')
    await putToUse(me, first)
    await history.later(1)
    const second = await leave(me, 'pm_card_mastercard')
    await putToUse(me, second)
    await putToUse(me, first)
    expect(await readLeft(me.actor, first)).toEqual({ kind: 'replaced' })
    expect(await defaultOf(me.customerId)).toBe(await methodOf(second))
  })

  it('of another customer, made up, or of another kind is refused, and changes nothing', async () => {
    const other = await subscriber()
    const theirs = await leave(other, 'pm_card_visa')
    for (const id of [theirs, 'seti_unheard', 'seti_../customers', 'pi_1', '', null, ['seti_1']]) {
      expect(await refusalOf(putToUse(me, id))).toBe('setup_unknown')
      expect(await refusalOf(readOwnSetup(me.actor, id))).toBe('setup_unknown')
    }
    expect(await defaultOf(me.customerId)).toBe(null)
    expect(await actions()).toEqual([])
  })

  soak('is not put to use before its bank has confirmed it, nor when it said no', async () => {
    const { clientSecret } = await setUpPaymentMethod(me.actor)
    const [id] = clientSecret.split('_secret_')
    expect(await refusalOf(putToUse(me, id))).toBe('setup_unconfirmed')
    const asked = await leave(me, 'pm_card_authenticationRequired')
    expect(await refusalOf(putToUse(me, asked))).toBe('setup_unconfirmed')
    const declined = await leave(me, 'pm_card_visa_chargeDeclinedInsufficientFunds')
    expect(await refusalOf(putToUse(me, declined))).toBe('card_funds')
    expect(await defaultOf(me.customerId)).toBe(null)
  })

  it('is looked at as often as one may look in a minute, and then Stripe is asked no more', async () => {
    const setup = await leave(me, 'pm_card_visa')
    expect(await readLeft(me.actor, setup)).toEqual({ kind: 'new' })
    await putToUse(me, setup)
    expect(await readLeft(me.actor, setup)).toEqual({ kind: 'in_use' })
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
    const shown = shownCharge((await readOpenPayment(me.actor))?.open ?? null)
    const left = { setupIntent: setup, shown }
    const kinds = await Promise.all(
      [1, 2].map(async () => (await putMethodToUse(me.actor, left)).kind),
    )
    expect(kinds).toContain('paid')
    expect(await readBilling(me.workspaceId)).toMatchObject({ status: 'active', access: 'full' })
    const { data } = await stripeClient().charges.list({ customer: me.customerId })
    expect(data.filter(({ paid }) => paid)).toHaveLength(2)
  })

  soak('that cannot pay says why, and the payment stays open', async () => {
    const setup = await leave(me, 'pm_card_chargeCustomerFail')
    expect(await refusalOf(putToUse(me, setup))).toBe('card_declined')
    expect(await readBilling(me.workspaceId)).toMatchObject({ status: 'past_due' })
  })
})

it('a bank account to which small deposits come is not to be added again: it is said when they come and where they are confirmed', async () => {
  const { clientSecret } = await setUpPaymentMethod(me.actor)
  const [id = ''] = clientSecret.split('_secret_')
  const url = 'https://payments.stripe.com/microdeposit/sacs_test_1'
  shop.sandbox.change(null, (tx) => {
    Object.assign(tx.edit('setup_intent', id), {
      status: 'requires_action',
      next_action: {
        type: 'verify_with_microdeposits',
        verify_with_microdeposits: {
          ...{ arrival_date: 1_796_000_000, hosted_verification_url: url },
          microdeposit_type: 'amounts',
        },
      },
    })
  })
  expect(await readLeft(me.actor, id)).toEqual({
    ...{ kind: 'deposits', url, arriveAt: new Date(1_796_000_000_000) },
  })
  expect(await refusalOf(putToUse(me, id))).toBe('setup_deposits')
  expect(SENTENCES.setup_deposits.advice).not.toMatch(/add it again, or/i)
  expect(await actions()).toEqual(['payment_method.set_up'])
})

import { beforeEach, describe, expect, it } from 'vitest'
import { readBilling } from '@/lib/billing/read'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { pressPay, refusalOf } from '@/lib/subscriptions/asked.fixture'
import { changePlan } from '@/lib/subscriptions/change-plan'
import { readOpenPayment } from '@/lib/subscriptions/open-payment'
import { reviewChange } from '@/lib/subscriptions/review-change'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { askedFor, defaultOf, leave, methodOf, putToUse } from './left.fixture'
import { putMethodToUse } from './put-to-use'

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const actions = async () => (await askedFor(me.customerId)).map(({ action }) => action)

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
    const shown = shownCharge(open)
    const before = await paid()
    for (const other of [undefined, '', 'resumes', `${shown}0`, shown.replace('in_', 'in_0'), 'x'])
      expect(await putMethodToUse(me.actor, { setupIntent, shown: other })).toEqual({
        kind: 'not_shown',
      })
    expect(await paid()).toBe(before)
    expect(await readBilling(me.workspaceId)).toMatchObject({ tier: SMALL })
    expect(await defaultOf(me.customerId)).toBe(await methodOf(setupIntent))
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
    expect(await pressPay(me.actor)).toMatchObject({ kind: 'confirm' })
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

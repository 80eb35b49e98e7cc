import { beforeEach, describe, expect, it } from 'vitest'
import { readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { parseSubscriptionId } from '@/lib/ids'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { revokeOverride } from '@/lib/overrides/revoke'
import { withholdOverride } from '@/lib/overrides/withhold'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { findOpenInvoice } from '@/lib/stripe/invoices'
import { soak } from '@/scripts/test/soak.fixture'
import { askedBy, pressPay, putOnFile, refusalOf } from './asked.fixture'
import { cancelSubscription } from './cancel'
import { changePlan } from './change-plan'
import { readOpenPayment } from './open-payment'
import { pauseSubscription } from './pause'
import { charge } from './pay'
import { payInvoiceShown } from './pay-invoice'
import { putCardToUse } from './put-card-to-use'
import { resumeSubscription } from './resume'
import { reviewChange } from './review-change'
import { shownCharge } from './shown-charge'

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const PERIOD_END = { when: 'period_end', feedback: 'unused', comment: null } as const
const OPS = { type: 'system', job: 'grant by ops' } as const
const WHY = { until: new Date('2040-01-01'), reason: 'Chargebacks' }
const PLAN = { kind: 'plan' } as const
const billing = () => readBilling(me.workspaceId)
const atStripe = () => stripeClient().subscriptions.retrieve(me.subscriptionId)

const asked = () => askedBy(me)
const resumption = async () => (await readAmounts(me.actor.id, await billing())).resumption
/** What the page sends that shows what is open now. */
const useCard = async () => {
  const payment = await readOpenPayment(me.actor)
  return putCardToUse(me.actor, shownCharge(payment?.open ?? null, await resumption()))
}
const actions = async () => (await asked()).map(({ action }) => action)

describe('a pause', () => {
  it('of a month makes the next invoice void and charges the one after, without free days', async () => {
    const { currentPeriodEnd } = await billing()
    await pauseSubscription(me.actor, 1)
    await pauseSubscription(me.actor, 1)
    expect(await actions()).toEqual(['subscription.request_pause'])
    const paused = await billing()
    const resumesAt = paused.collectionPaused?.resumesAt ?? new Date(0)
    expect((Number(resumesAt) - Number(currentPeriodEnd)) / 86_400_000).toBeGreaterThan(27)
    await history.later(45)
    expect(await billing()).toMatchObject({ tier: 'free' })
    await history.later(25)
    expect(await billing()).toMatchObject({ access: 'full', collectionPaused: null })
    const { data } = await stripeClient().invoices.list({ subscription: me.subscriptionId })
    expect(data.map(({ status }) => status).reverse()).toEqual(['paid', 'void', 'paid'])
  })

  it('is ended before its day by resuming', async () => {
    await pauseSubscription(me.actor, 3)
    await resumeSubscription(me.actor, '')
    await resumeSubscription(me.actor, '')
    expect(await billing()).toMatchObject({ collectionPaused: null, status: 'active' })
    expect(await actions()).toEqual(['subscription.request_pause', 'subscription.request_resume'])
  })

  it('is refused for another time than is offered, and to a plan that is about to end', async () => {
    expect(await refusalOf(pauseSubscription(me.actor, 12))).toBe('unknown_pause')
    expect(
      await refusalOf(pauseSubscription(me.actor, 1, { pauseMonths: [], endNow: 'off' })),
    ).toBe('unknown_pause')
    await cancelSubscription(me.actor, PERIOD_END)
    expect(await refusalOf(pauseSubscription(me.actor, 1))).toBe('pause_unavailable')
  })
})

describe('a renewal that failed', () => {
  beforeEach(async () => {
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(31, 2)
    expect(await billing()).toMatchObject({ status: 'past_due' })
  })

  it('is paid now with a card that works, once, however often it is pressed', async () => {
    await chargeTo(me, 'pm_card_visa')
    const shown = shownCharge((await readOpenPayment(me.actor))?.open ?? null)
    const kinds = await Promise.all(
      [1, 2].map(async () => (await payInvoiceShown(me.actor, shown)).kind),
    )
    expect(kinds).toContain('paid')
    expect(await payInvoiceShown(me.actor, shown)).toEqual({ kind: 'nothing_open' })
    expect(await billing()).toMatchObject({ status: 'active', access: 'full' })
    const { data } = await stripeClient().charges.list({ customer: me.customerId })
    expect(data.filter(({ paid }) => paid)).toHaveLength(2)
    const [row] = await asked()
    expect(row).toMatchObject({ action: 'invoice.request_payment', after: { amount: 1900 } })
  })

  soak('is refused again by the card that fails, with the reason, and stays late', async () => {
    expect(await refusalOf(pressPay(me.actor))).toBe('card_declined')
    expect(await billing()).toMatchObject({ status: 'past_due' })
    expect(await actions()).toEqual(['invoice.request_payment'])
  })

  it('leads to Stripe’s page of the invoice where the bank wants its customer to confirm it', async () => {
    await chargeTo(me, 'pm_card_authenticationRequired')
    expect(await pressPay(me.actor)).toEqual({
      kind: 'confirm',
      url: expect.stringContaining('/i/in_'),
    })
  })

  soak(
    'is paid at once by a new card, though Stripe’s page changed only what new plans are charged to',
    async () => {
      const card = await putOnFile(me, 'pm_card_visa')
      expect(await useCard()).toEqual({ kind: 'paid' })
      expect(await useCard()).toEqual({ kind: 'nothing_open' })
      expect((await atStripe()).default_payment_method).toBe(card)
      expect(await billing()).toMatchObject({ status: 'active', access: 'full' })
      expect(await actions()).toEqual(['subscription.request_card', 'invoice.request_payment'])
    },
  )
})

describe('a renewal by bank debit that is on its way', () => {
  soak('is not charged to a new card as well, which is put to use all the same', async () => {
    await chargeTo(me, 'pm_usBankAccount_processing')
    await history.later(31, 2)
    const card = await putOnFile(me, 'pm_card_visa')
    const { data: open } = await stripeClient().invoices.list({
      ...{ subscription: me.subscriptionId, status: 'open' },
    })
    const [invoice] = open
    const shown = `${invoice?.id} ${invoice?.amount_remaining} ${invoice?.currency}`
    // Of a page from before the debit was sent, and of one of now.
    for (const page of [shown, shownCharge((await readOpenPayment(me.actor))?.open ?? null)])
      expect(await putCardToUse(me.actor, page)).toEqual({ kind: 'on_its_way' })
    expect((await atStripe()).default_payment_method).toBe(card)
    expect(await actions()).toEqual(['subscription.request_card'])
    const { data } = await stripeClient().charges.list({ customer: me.customerId })
    expect(data.filter(({ payment_method }) => payment_method === card)).toEqual([])
    const found = await findOpenInvoice(parseSubscriptionId(me.subscriptionId))
    if (!found) throw new Error('Nothing is open.')
    expect(await refusalOf(charge(me.actor, me.customerId, found))).toBe('payment_on_its_way')
  })
})

describe('while an operator withholds the plan', () => {
  soak(
    'a change that waits for its payment is not paid, by whichever button, and is once it is allowed again',
    async () => {
      await chargeTo(me, 'pm_card_chargeCustomerFail')
      const review = await reviewChange(me.actor, { tier: GREAT, interval: 'month' })
      const made = changePlan(me.actor, { offer: review.offer, agreed: true })
      expect(await refusalOf(made)).toBe('card_declined')
      expect((await atStripe()).pending_update).not.toBeNull()
      await withholdOverride(OPS, me.workspaceId, PLAN, WHY)
      await putOnFile(me, 'pm_card_visa')
      expect(await refusalOf(useCard())).toBe('plan_withheld')
      expect(await refusalOf(pressPay(me.actor))).toBe('plan_withheld')
      expect((await atStripe()).pending_update).not.toBeNull()
      expect(await actions()).not.toContain('invoice.request_payment')
      await revokeOverride(OPS, me.workspaceId, PLAN, WHY)
      expect(await pressPay(me.actor)).toEqual({ kind: 'paid' })
      expect(await billing()).toMatchObject({ plan: GREAT })
    },
  )

  it('a renewal that failed is a debt, and may be paid', async () => {
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(31, 3)
    await withholdOverride(OPS, me.workspaceId, PLAN, WHY)
    await chargeTo(me, 'pm_card_visa')
    expect(await pressPay(me.actor)).toEqual({ kind: 'paid' })
  })
})

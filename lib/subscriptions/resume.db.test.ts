import { beforeEach, describe, expect, it } from 'vitest'
import { readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { revokeOverride } from '@/lib/overrides/revoke'
import { withholdOverride } from '@/lib/overrides/withhold'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { askedBy, putOnFile, refusalOf } from './asked.fixture'
import { readOpenPayment } from './open-payment'
import { putCardToUse } from './put-card-to-use'
import { resumeSubscription } from './resume'
import { shownCharge } from './shown-charge'

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

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
/** What the page sends that shows what is charged when it goes on. */
const pressResume = async () => resumeSubscription(me.actor, shownCharge(null, await resumption()))
const actions = async () => (await asked()).map(({ action }) => action)

describe('a plan that was paused, because its trial ended without a card,', () => {
  beforeEach(async () => {
    const { subscriptions } = stripeClient()
    await subscriptions.update(me.subscriptionId, {
      trial_end: Math.floor((await history.now()) / 1000) + 5 * 86_400,
      proration_behavior: 'none',
      default_payment_method: '',
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    })
    await history.later(6)
    expect(await billing()).toMatchObject({ status: 'paused', tier: 'free' })
  })

  it('cannot be resumed without a card, and goes on with one', async () => {
    expect(await refusalOf(pressResume())).toBe('no_payment_method')
    await putOnFile(me, 'pm_card_visa')
    expect(await putCardToUse(me.actor, '')).toEqual({ kind: 'not_shown' })
    expect(await billing()).toMatchObject({ status: 'paused' })
    expect(await useCard()).toEqual({ kind: 'resumed' })
    expect(await billing()).toMatchObject({ status: 'active', access: 'full' })
    expect(await actions()).toEqual(['subscription.request_resume'])
  })

  it('is charged what its page named when it is resumed, and nothing where that was another amount or none', async () => {
    const { id } = await stripeClient().coupons.create({ percent_off: 20, duration: 'forever' })
    await stripeClient().subscriptions.update(me.subscriptionId, { discounts: [{ coupon: id }] })
    await stripeClient().customers.update(me.customerId, { balance: -300 })
    await putOnFile(me, 'pm_card_visa')
    await history.arrive()
    const named = await resumption()
    expect(named).toEqual({ amount: 1520 - 300, currency: 'usd' })
    for (const [shown, refused] of [
      [undefined, 'amount_not_shown'],
      ['resumes', 'amount_not_shown'],
      ['resumes 1900 usd', 'amount_changed'],
      ['resumes 1220 eur', 'amount_changed'],
    ] as const)
      expect(await refusalOf(resumeSubscription(me.actor, shown))).toBe(refused)
    expect(await putCardToUse(me.actor, 'resumes 1900 usd')).toEqual({ kind: 'not_shown' })
    expect(await billing()).toMatchObject({ status: 'paused' })
    await Promise.allSettled([1, 2].map(() => pressResume()))
    expect(await billing()).toMatchObject({ status: 'active', access: 'full', resumption: null })
    const { data } = await stripeClient().charges.list({ customer: me.customerId, limit: 1 })
    expect(data[0]).toMatchObject({ amount: named?.amount, paid: true })
  })

  it('does not go on while an operator withholds the plan, though its card is kept, and goes on after', async () => {
    await withholdOverride(OPS, me.workspaceId, PLAN, WHY)
    const card = await putOnFile(me, 'pm_card_visa')
    expect(await refusalOf(pressResume())).toBe('plan_withheld')
    expect(await refusalOf(useCard())).toBe('plan_withheld')
    expect((await atStripe()).status).toBe('paused')
    expect(await actions()).toEqual([])
    await revokeOverride(OPS, me.workspaceId, PLAN, WHY)
    expect(await useCard()).toEqual({ kind: 'resumed' })
    expect(await stripeClient().customers.retrieve(me.customerId)).toMatchObject({
      invoice_settings: { default_payment_method: card },
    })
  })

  it('stays paused while its card is refused, and says why', async () => {
    await putOnFile(me, 'pm_card_chargeCustomerFail')
    expect(await refusalOf(pressResume())).toBe('card_declined')
    expect(await billing()).toMatchObject({ status: 'paused' })
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { doneText } from '@/app/settings/billing/done'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { findCustomerId } from '@/db/queries/customers'
import { readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { CARD, shopper } from '@/lib/checkout/shop.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { parseCustomerId } from '@/lib/ids'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { askedBy, pressPay, refusalOf } from './asked.fixture'
import { cancelSubscription } from './cancel'
import { changePlan } from './change-plan'
import { pauseSubscription } from './pause'
import { reviewChange } from './review-change'

// A bank account whose debit goes through, after four days.
const DEBIT = { ...CARD, number: '4000000000009201' }
const NOW = { when: 'now', feedback: null, comment: null } as const
const PERIOD_END = { when: 'period_end', feedback: null, comment: null } as const

const { shop, history } = historyForFile()

describe('a plan whose first bank debit is on its way', () => {
  let me: Awaited<ReturnType<typeof shopper>>
  const customer = async () => parseCustomerId(await findCustomerId(me.workspaceId))
  const billing = () => readBilling(me.workspaceId)

  beforeEach(async () => {
    me = await shopper()
    expect((await startCheckout(me.actor, { tier: SMALL, interval: 'month' })).kind).toBe(
      'checkout',
    )
    const open = await stripeClient().checkout.sessions.list({ customer: await customer() })
    await payCheckout(shop.sandbox, String(open.data[0]?.id), DEBIT)
    await syncCustomer(productionPorts(), await customer(), me.actor)
    expect(await billing()).toMatchObject({ status: 'processing' })
  })

  it('is canceled at once, as its page says', async () => {
    expect(await refusalOf(cancelSubscription(me.actor, PERIOD_END))).toBe('plan_moved_on')
    await cancelSubscription(me.actor, NOW)
    expect(await billing()).toMatchObject({ status: 'canceled', tier: 'free' })
  })

  it('is not ended at once by a page that is older than its money', async () => {
    await history.later(5)
    const before = await billing()
    expect(before).toMatchObject({ status: 'active', access: 'full' })
    expect(await refusalOf(cancelSubscription(me.actor, NOW))).toBe('plan_moved_on')
  })

  it('is not ended at once when its money is there and no webhook has said so', async () => {
    const body = JSON.stringify({ advance: 5 * 86_400 })
    await fetch(`${shop.url}/_sandbox/clock`, { method: 'POST', body })
    expect(await billing()).toMatchObject({ status: 'processing' })
    expect(await refusalOf(cancelSubscription(me.actor, NOW))).toBe('plan_moved_on')
    expect(await billing()).toMatchObject({ status: 'active', access: 'full' })
  })

  it('is neither changed nor paused, though Stripe calls it active', async () => {
    const studio = { tier: GREAT, interval: 'year' } as const
    expect(await refusalOf(reviewChange(me.actor, studio))).toBe('first_payment_waits')
    expect(await refusalOf(pauseSubscription(me.actor, 1))).toBe('pause_unavailable')
    expect(await askedBy({ customerId: await customer() })).toEqual([])
  })
})

describe('paying by bank debit', () => {
  let me: Subscriber
  const shown = async () => {
    const read = await readBilling(me.workspaceId)
    return { ...read, ...(await readAmounts(me.actor.id, read)) }
  }

  beforeEach(async () => {
    me = await subscriber()
    await history.arrive()
  })

  it('what is late is on its way and not paid, and is asked for once', async () => {
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(31, 2)
    await chargeTo(me, 'pm_usBankAccount_processing')
    expect(await pressPay(me.actor)).toEqual({ kind: 'ordered' })
    const after = await shown()
    expect(after).toMatchObject({ status: 'active', money: { payment: 'open', owes: 'renewal' } })
    expect(doneText('paid', after)).toBeNull()
    expect(doneText('ordered', after)).toMatch(/^Your bank was asked for the payment of /)
    expect(stateStrips(after)).toMatchObject([{ kind: 'processing', action: null }])
    expect(await pressPay(me.actor).catch(({ reason }) => reason)).toBe('amount_not_shown')
  })

  it('a greater plan waits for the money, is said to, and is charged once', async () => {
    await chargeTo(me, 'pm_usBankAccount_processing')
    await history.later(11)
    const { offer } = await reviewChange(me.actor, { tier: GREAT, interval: 'month' })
    expect(await changePlan(me.actor, { offer, agreed: true })).toEqual({ kind: 'waits' })
    expect(await shown()).toMatchObject({ tier: SMALL, open: { isProcessing: true } })
    const after = await shown()
    expect(doneText('changed', after)).toBeNull()
    expect(doneText('waits', after)).toContain(PLANS[GREAT].name)
    const acts = stateStrips(after).map(({ kind, action, also }) => [kind, action, also])
    expect(acts).toEqual([['processing', null, undefined]])
    // The same form again, and another change meanwhile.
    expect(await changePlan(me.actor, { offer, agreed: true })).toEqual({ kind: 'waits' })
    expect(await refusalOf(reviewChange(me.actor, { tier: GREAT, interval: 'year' }))).toBe(
      'change_waits',
    )
    const { data } = await stripeClient().charges.list({ customer: me.customerId })
    expect(data.filter(({ status }) => status === 'pending')).toHaveLength(1)
  })
})

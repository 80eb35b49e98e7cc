import { beforeEach, describe, expect, it } from 'vitest'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { emailsTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { refusalOf } from './asked.fixture'
import { cancelSubscription } from './cancel'
import { changePlan } from './change-plan'
import { pauseSubscription } from './pause'
import { reviewChange } from './review-change'

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const read = async () => {
  const billing = await readBilling(me.workspaceId)
  return { ...billing, ...(await readAmounts(me.actor.id, billing)) }
}
const newest = async () =>
  (await stripeClient().invoices.list({ subscription: me.subscriptionId })).data[0]
const lastEmail = async () => (await emailsTo(me)).at(-1)?.text

/** Some seconds after the period has ended. */
async function renewed(seconds = 3) {
  const { currentPeriodEnd } = await readBilling(me.workspaceId)
  const left = Math.ceil((Number(currentPeriodEnd) - (await history.now())) / 1000)
  await history.later(0, (left + seconds) / 3600)
  expect(await newest()).toMatchObject({ status: 'draft', billing_reason: 'subscription_cycle' })
}

describe('in the hour in which a renewal is a draft', () => {
  it('that is the next charge, by its amount and its day, with the credit that it will take', async () => {
    await stripeClient().customers.update(me.customerId, { balance: -300 })
    await renewed()
    const { next } = await read()
    expect(next).toMatchObject({
      kind: 'charge',
      charge: { due: 1600, balance: -300, isDrafted: true },
    })
    const at = next.kind === 'charge' ? Number(next.charge.at) : 0
    expect((at - (await history.now())) / 60_000).toBeGreaterThan(50)
    expect((at - (await history.now())) / 60_000).toBeLessThan(61)
    await history.later(0, 2)
    expect(await newest()).toMatchObject({ status: 'paid', amount_paid: 1600 })
    expect((await read()).next).toMatchObject({ charge: { due: 1900, isDrafted: false } })
  })

  it('a change that was planned for it names in its email what is charged, and does not say that nothing is', async () => {
    const { offer } = await reviewChange(me.actor, { tier: GREAT, interval: 'month' })
    await changePlan(me.actor, { offer, agreed: true })
    const down = await reviewChange(me.actor, { tier: SMALL, interval: 'month' })
    expect(await changePlan(me.actor, { offer: down.offer, agreed: false })).toEqual({
      kind: 'planned',
    })
    await history.arrive()
    await renewed()
    const text = await lastEmail()
    expect(text).toContain('The next charge is $19.00 on ')
    expect(text).not.toContain('Nothing was charged')
  })

  it('canceling says that the period that has begun is still charged: on the page and in the email', async () => {
    await renewed()
    await cancelSubscription(me.actor, { when: 'period_end', feedback: null, comment: null })
    await history.arrive()
    const [ending] = stateStrips(await read())
    expect(ending?.detail).toContain('$19.00 for the period that has begun is still charged')
    expect(ending?.detail).not.toContain('You will not be charged again')
    expect(await lastEmail()).toContain('$19.00 that is billed already is still charged')
    await history.later(0, 2)
    expect(await newest()).toMatchObject({ status: 'paid', amount_paid: 1900 })
    expect(stateStrips(await read())[0]?.detail).toContain('You will not be charged again')
  })

  it('a plan is not paused, which would let the period that has begun pass as well', async () => {
    await renewed()
    expect(await refusalOf(pauseSubscription(me.actor, 1))).toBe('period_not_paid')
    await history.later(0, 2)
    await pauseSubscription(me.actor, 1)
    expect(await read()).toMatchObject({ access: 'full', collectionPaused: {} })
  })
})

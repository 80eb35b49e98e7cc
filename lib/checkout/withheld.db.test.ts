import { beforeEach, describe, expect, it } from 'vitest'
import { findOpenIntent } from '@/db/queries/checkout-intents'
import { findCustomerId } from '@/db/queries/customers'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { CheckoutSessionId } from '@/lib/ids'
import { grantOverride } from '@/lib/overrides/grant'
import { revokeOverride } from '@/lib/overrides/revoke'
import { withholdOverride } from '@/lib/overrides/withhold'
import { refusalOf } from '@/lib/subscriptions/asked.fixture'
import { changePlan } from '@/lib/subscriptions/change-plan'
import { reviewChange } from '@/lib/subscriptions/review-change'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { confirmCheckout } from './confirm'
import { CARD, shopper } from './shop.fixture'
import { watchedShopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

const OPS = { type: 'system', job: 'grant by ops' } as const
const WHY = { until: new Date('2040-01-01'), reason: 'Chargebacks' }
const PLAN = { kind: 'plan' } as const
const PRO = { tier: SMALL, interval: 'month' } as const
const STUDIO = { tier: GREAT, interval: 'month' } as const
// A bank account whose debit goes through after four days.
const DEBIT = { ...CARD, number: '4000000000009201' }

const shop = watchedShopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

const withhold = () => withholdOverride(OPS, me.workspaceId, PLAN, WHY)
const confirm = (session: CheckoutSessionId) => confirmCheckout(me.actor, session)

describe('a workspace from which plans are withheld', () => {
  it('is sold none, before Stripe hears of it, and is again once that is taken back', async () => {
    await withhold()
    shop.asked()
    expect(await refusalOf(startCheckout(me.actor, PRO))).toBe('plan_withheld')
    expect(shop.asked()).toEqual([])
    expect(await findCustomerId(me.workspaceId)).toBeNull()
    await revokeOverride(OPS, me.workspaceId, PLAN, WHY)
    expect(await startCheckout(me.actor, PRO)).toMatchObject({ kind: 'checkout' })
  })

  it('is sold no change of its plan, not even one that was offered before', async () => {
    await confirm(await paid())
    const { offer } = await reviewChange(me.actor, STUDIO)
    await withhold()
    shop.asked()
    const pressed = changePlan(me.actor, { offer, agreed: true })
    expect(await refusalOf(pressed)).toBe('plan_withheld')
    expect(await refusalOf(reviewChange(me.actor, STUDIO))).toBe('plan_withheld')
    expect(shop.asked()).toEqual([])
  })

  it('that had its page open already sees what it paid for and does not get, every time', async () => {
    const session = await opened()
    await withhold()
    await payCheckout(shop.sandbox, session, CARD)
    expect(await confirm(session)).toEqual({ kind: 'withheld' })
    expect(await confirm(session)).toEqual({ kind: 'withheld' })
  })
})

describe('a workspace that was granted a plan', () => {
  it('and buys one by bank debit sees that the debit is on its way', async () => {
    await grantOverride(OPS, me.workspaceId, { kind: 'plan', tier: GREAT }, WHY)
    const session = await opened()
    await payCheckout(shop.sandbox, session, DEBIT)
    expect(await confirm(session)).toEqual({ kind: 'processing' })
  })

  it('and pays for a lesser one sees what it bought, with its receipt', async () => {
    await grantOverride(OPS, me.workspaceId, { kind: 'plan', tier: GREAT }, WHY)
    expect(await confirm(await paid())).toMatchObject({
      ...{ kind: 'activated', tier: SMALL },
      receipt: { paid: { amount: 1900 } },
    })
  })
})

async function opened(): Promise<CheckoutSessionId> {
  await startCheckout(me.actor, PRO)
  const intent = await findOpenIntent(me.workspaceId)
  return intent?.sessionId ?? expect.unreachable('There is no page.')
}

async function paid(): Promise<CheckoutSessionId> {
  const session = await opened()
  await payCheckout(shop.sandbox, session, CARD)
  return session
}

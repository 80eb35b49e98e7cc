import { afterAll, beforeAll, expect, it } from 'vitest'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { findOpenIntent } from '@/db/queries/checkout-intents'
import { readBilling } from '@/lib/billing/read'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { historyOf } from '@/lib/outbox/history.fixture'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { confirmCheckout } from './confirm'
import { CARD, shopper } from './shop.fixture'
import { shopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

// A bank account whose debit goes through, after four days.
const DEBIT = { ...CARD, number: '4000000000009201' }
const { delayedPayment } = ACCESS_POLICY

beforeAll(() => {
  ACCESS_POLICY.delayedPayment = { days: 10 }
})

const shop = shopForFile()
afterAll(() => {
  ACCESS_POLICY.delayedPayment = delayedPayment
})

it('where the catalog waits for no debit the plan is on at once, and nothing is called paid before the money is there', async () => {
  const history = historyOf(shop)
  const me = await shopper()
  await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
  const session = String((await findOpenIntent(me.workspaceId))?.sessionId)
  await payCheckout(shop.sandbox, session, DEBIT)
  expect(await confirmCheckout(me.actor, session)).toMatchObject({
    ...{ kind: 'activated', tier: SMALL, receipt: null },
    billing: { status: 'active', access: 'full', money: { payment: 'open', owes: 'first' } },
  })
  const strips = stateStrips(await readBilling(me.workspaceId))
  expect(strips).toMatchObject([{ kind: 'processing', action: null }])
  expect(strips[0]?.detail).toContain('is on already')
  await history.later(5)
  expect(await confirmCheckout(me.actor, session)).toMatchObject({
    ...{ kind: 'activated', receipt: { paid: { amount: 1900 } } },
  })
  expect(stateStrips(await readBilling(me.workspaceId))).toEqual([])
})

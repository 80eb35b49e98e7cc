import { beforeEach, describe, expect, it } from 'vitest'
import { findCustomerId } from '@/db/queries/customers'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { CARD, shopper } from '@/lib/checkout/shop.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { parseCustomerId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { emailsTo } from './history.fixture'
import { historyForFile } from './history-for-file.fixture'

const SLOW = { timeout: 60_000 }
const PLAN = PLANS[SMALL].name
// A bank account whose debit goes through, and one whose debit comes back, each after four days.
const PAYS = { ...CARD, number: '4000000000009201' }
const FAILS = { ...CARD, number: '4000000000009219' }

const { shop, history } = historyForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

const emails = () => emailsTo(me, { welcome: true })

describe('a plan that is bought with a bank debit', SLOW, () => {
  it('is announced as under way, once, and welcomed when the money arrives', async () => {
    await buy(PAYS)
    await history.arrive()
    await history.later(1)
    const [pending, ...more] = await emails()
    expect(pending?.subject).toBe(`Your payment for ${PLAN} is on its way`)
    expect(pending?.text).toContain(`Your bank has the order to pay $19.00 for ${PLAN}.`)
    expect(pending?.text).toContain('The plan starts when the money arrives.')
    expect(more).toEqual([])
    await history.later(5)
    const [, arrived, ...rest] = await emails()
    expect(arrived?.subject).toBe(`Welcome to ${PLAN}: your $19.00 arrived`)
    expect(rest).toEqual([])
  })

  it('that comes back is reported once, and never welcomed', async () => {
    await buy(FAILS)
    await history.arrive()
    await history.later(10)
    await history.later(1)
    const subjects = (await emails()).map(({ subject }) => subject)
    expect(subjects.slice(0, 2)).toEqual([
      `Your payment for ${PLAN} is on its way`,
      `Your payment for ${PLAN} did not arrive`,
    ])
    expect(subjects.join()).not.toContain('Welcome')
    expect(subjects).toHaveLength(2)
  })

  it('whose bank has answered before it is written about is not said to be under way', async () => {
    await buy(PAYS)
    await history.later(6)
    expect((await emails()).map(({ subject }) => subject)).toEqual([
      `Welcome to ${PLAN}: your $19.00 arrived`,
    ])
  })

  it('by card instead is only welcomed', async () => {
    await buy(CARD)
    await history.arrive()
    expect((await emails()).map(({ subject }) => subject)).toEqual([
      `Welcome to ${PLAN}: your receipt for $19.00`,
    ])
  })
})

async function buy(card: typeof CARD) {
  expect((await startCheckout(me.actor, { tier: SMALL, interval: 'month' })).kind).toBe('checkout')
  const customer = parseCustomerId(await findCustomerId(me.workspaceId))
  const open = await stripeClient().checkout.sessions.list({ customer, status: 'open' })
  await payCheckout(shop.sandbox, String(open.data[0]?.id), card)
}

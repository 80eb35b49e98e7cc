import { beforeEach, describe, expect, it, vi } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { findOpenIntent } from '@/db/queries/checkout-intents'
import { findCustomerId } from '@/db/queries/customers'
import { CREDIT_PACKS } from '@/lib/catalog/credit-packs'
import { FREE, PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { CARD, shopper } from '@/lib/checkout/shop.fixture'
import { watchedShopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { grantSoldCredits } from '@/lib/credits/grant'
import { creditsLeft } from '@/lib/credits/left'
import { startCredits } from '@/lib/credits/start'
import { parseCheckoutSessionId, parseCustomerId } from '@/lib/ids'
import { closePages } from '@/lib/overrides/close-pages'
import { grantOverride } from '@/lib/overrides/grant'
import { revokeOverride } from '@/lib/overrides/revoke'
import type { Withheld } from '@/lib/overrides/subject'
import { withholdOverride } from '@/lib/overrides/withhold'
import * as sessions from '@/lib/stripe/checkout-sessions'
import { stripeClient } from '@/lib/stripe/client'
import { refusalOf } from '@/lib/subscriptions/asked.fixture'
import { productionPorts } from '@/lib/sync/production-ports'
import { consume } from '@/lib/usage/consume'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { deliverOutbox } from './deliver'

// The real answers of Stripe, of which a test can refuse one.
vi.mock('@/lib/stripe/checkout-sessions', { spy: true })

const OPS = { type: 'system', job: 'grant by ops' } as const
const WHY = { until: new Date('2040-01-01'), reason: 'Chargebacks' }
const PLAN = { kind: 'plan' } as const
const PRO = { tier: SMALL, interval: 'month' } as const
const PACK = CREDIT_PACKS[0] ?? expect.unreachable('The catalog sells no credits.')
const OPENS = 'POST /v1/checkout/sessions'

const shop = watchedShopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

const withhold = (what: Withheld = PLAN) => withholdOverride(OPS, me.workspaceId, what, WHY)
const customer = async () => parseCustomerId(await findCustomerId(me.workspaceId))
const deliver = () => deliverOutbox(productionPorts().clock)

async function pages(status: 'open' | 'expired' = 'open') {
  const { data } = await stripeClient().checkout.sessions.list({ customer: await customer() })
  return data.filter((each) => each.status === status).map(({ id }) => parseCheckoutSessionId(id))
}

const closings = async () =>
  (await listAudit(await customer())).filter(({ action }) => action === 'checkout.close')

/** Opens the page of a plan and that of a pack. */
async function opened() {
  await startCheckout(me.actor, PRO)
  await startCredits(me.actor, PACK)
  return pages()
}

describe('the pages to pay on that are open when an operator withholds the plan', () => {
  it('are closed, of a plan and of credits, once and signed, however often that is begun', async () => {
    const open = await opened()
    expect(open).toHaveLength(2)
    await withhold()
    await Promise.all([deliver(), deliver()])
    await deliver()
    expect(await pages()).toEqual([])
    for (const page of open) await expect(payCheckout(shop.sandbox, page, CARD)).rejects.toThrow()
    expect(await findOpenIntent(me.workspaceId)).toBeNull()
    expect(await closings()).toHaveLength(2)
    expect(await closings()).toMatchObject([
      { actor: { type: 'system', job: 'outbox' }, after: { state: 'expired' } },
      { after: { state: 'expired' } },
    ])
  })

  it('stay closed when the plan is withheld for longer, and open anew when that is taken back', async () => {
    await opened()
    await withhold()
    await deliver()
    await withholdOverride(OPS, me.workspaceId, PLAN, { ...WHY, until: new Date('2041-01-01') })
    await deliver()
    expect(await closings()).toHaveLength(2)
    await revokeOverride(OPS, me.workspaceId, PLAN, WHY)
    expect(await startCheckout(me.actor, PRO)).toMatchObject({ kind: 'checkout' })
    await startCredits(me.actor, PACK)
    await deliver()
    expect(await pages()).toHaveLength(2)
  })

  it('stay open if it is taken back before anything was closed', async () => {
    await opened()
    await withhold()
    await revokeOverride(OPS, me.workspaceId, PLAN, WHY)
    await deliver()
    expect(await pages()).toHaveLength(2)
  })

  it('are closed in our records, too, by the next process after one that died in between', async () => {
    const open = await opened()
    await withhold()
    for (const page of open) await stripeClient().checkout.sessions.expire(page)
    await deliver()
    expect(await findOpenIntent(me.workspaceId)).toBeNull()
    expect(await closings()).toMatchObject([{ after: { state: 'expired' } }])
  })

  it('are closed but for the one that Stripe refuses, which is tried again', async () => {
    const open = await opened()
    await withhold()
    const refusal = new Error('Stripe refuses to close this one.')
    vi.mocked(sessions.expireCheckoutSession).mockRejectedValueOnce(refusal)
    const close = async () =>
      closePages(OPS, { workspaceId: me.workspaceId, customerId: await customer() })
    await expect(close()).rejects.toThrow(refusal)
    expect(await pages()).toEqual(open.slice(0, 1))
    expect(await closings()).toHaveLength(1)
    await close()
    expect(await pages()).toEqual([])
    expect(await closings()).toHaveLength(2)
  })

  it('stay open where no plan is withheld, or where nothing is sold on them', async () => {
    await opened()
    await grantOverride(OPS, me.workspaceId, { kind: 'plan', tier: SMALL }, WHY)
    await withhold({ kind: 'feature', feature: PLANS[SMALL].features[0] ?? expect.unreachable() })
    await revokeOverride(OPS, me.workspaceId, PLAN, WHY)
    await deliver()
    expect(await pages()).toHaveLength(2)
    const other = { app: 'another', env: 'production' }
    const setup = await stripeClient().checkout.sessions.create({
      ...{ mode: 'setup', currency: 'usd', customer: await customer() },
      success_url: 'http://localhost:3000',
    })
    const theirs = await stripeClient().checkout.sessions.create({
      ...{ mode: 'payment', customer: await customer(), metadata: other },
      line_items: [
        {
          price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'x' } },
          quantity: 1,
        },
      ],
      success_url: 'http://localhost:3000',
    })
    await withhold()
    await deliver()
    expect((await pages()).toSorted()).toEqual([setup.id, theirs.id].toSorted())
  })

  it('are not even shown if that happens while Stripe makes them', async () => {
    shop.meanwhile(OPENS, () => withhold())
    expect(await refusalOf(startCheckout(me.actor, PRO))).toBe('plan_withheld')
    expect(await pages()).toEqual([])
    await revokeOverride(OPS, me.workspaceId, PLAN, WHY)
    shop.meanwhile(OPENS, () => withhold())
    expect(await refusalOf(startCredits(me.actor, PACK))).toBe('credits_withheld')
    expect(await pages()).toEqual([])
    expect(await closings()).toContainEqual(
      expect.objectContaining({
        actor: me.actor,
        after: { session: expect.stringMatching(/^cs_/), state: 'expired' },
      }),
    )
  })
})

describe('credits of a workspace whose plan is withheld', () => {
  it('are not sold, and what was paid for before can still be spent', async () => {
    await startCredits(me.actor, PACK)
    const [page = expect.unreachable()] = await pages()
    await payCheckout(shop.sandbox, page, CARD)
    await grantSoldCredits(me.actor, page)
    await withhold()
    expect(await refusalOf(startCredits(me.actor, PACK))).toBe('credits_withheld')
    expect(await consume(me.workspaceId, FREE.monthlyUses + 5, 'a')).toMatchObject({
      outcome: 'allowed',
      credits: PACK.units - 5,
    })
  })

  it('that were paid for faster than the page could be closed are given', async () => {
    await startCredits(me.actor, PACK)
    const [page = expect.unreachable()] = await pages()
    await withhold()
    await payCheckout(shop.sandbox, page, CARD)
    await deliver()
    await grantSoldCredits(me.actor, page)
    expect(await creditsLeft(me.workspaceId)).toBe(PACK.units)
  })
})

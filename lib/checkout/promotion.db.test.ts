import { beforeEach, describe, expect, it } from 'vitest'
import { findCustomerId } from '@/db/queries/customers'
import type { Choice } from '@/lib/catalog/parse-choice'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { isCheckoutSessionId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { applyCode } from '@/sandbox/lifecycle/checkout/promotion'
import { soak } from '@/scripts/test/soak.fixture'
import { CARD, shopper } from './shop.fixture'
import { shopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

const PRO = { tier: SMALL, interval: 'month' } as const

const shop = shopForFile()
let me: Awaited<ReturnType<typeof shopper>>
let made = 0

beforeEach(async () => {
  me = await shopper()
})

describe('a buyer who came with a promotion code', () => {
  it('pays less, whatever the case of its letters', async () => {
    const { code } = await promotion()
    const session = await open(code.toLowerCase())
    expect(session).toMatchObject({ amount_total: 1520 })
    await payCheckout(shop.sandbox, session.id, CARD)
    const paid = await stripeClient().checkout.sessions.retrieve(session.id)
    expect(paid.amount_total).toBe(1520)
  })

  it('goes on with it from a page that does not know of it', async () => {
    const { code } = await promotion()
    const session = await open(code)
    expect((await open()).id).toBe(session.id)
  })

  it('gets another page with another code, and the first is closed', async () => {
    const first = await open((await promotion()).code)
    const second = await open((await promotion({ percent_off: 50 })).code)
    expect(second.amount_total).toBe(950)
    expect((await stripeClient().checkout.sessions.retrieve(first.id)).status).toBe('expired')
  })

  it('buys without it once it has ended, and does not keep the page that has it', async () => {
    const { id, code } = await promotion()
    const session = await open(code)
    await stripeClient().promotionCodes.update(id, { active: false })
    const next = await open()
    expect(next).toMatchObject({ amount_total: 1900 })
    expect(next.id).not.toBe(session.id)
  })

  it('keeps it where they start again from a checkout that is over, and loses it with another’s', async () => {
    const session = await open((await promotion()).code)
    await stripeClient().checkout.sessions.expire(session.id)
    const again = await open(null, session.id)
    expect(again).toMatchObject({ amount_total: 1520 })
    me = await shopper()
    expect(await open(null, session.id)).toMatchObject({ amount_total: 1900 })
  })

  it.each([
    ['another interval', { tier: SMALL, interval: 'year' }, 15_200],
    ['another plan', { tier: GREAT, interval: 'month' }, 3920],
  ] as const)(
    'keeps what they typed at Stripe’s page when they choose %s',
    async (_, choice, due) => {
      const { code } = await promotion()
      const first = await open()
      applyCode(shop.sandbox, first.id, code)
      const next = await open(null, null, choice)
      expect(next.id).not.toBe(first.id)
      expect(next).toMatchObject({ amount_total: due })
    },
  )

  it('keeps what they typed when they start again from a checkout that is over', async () => {
    const { code } = await promotion()
    const first = await open()
    applyCode(shop.sandbox, first.id, code)
    await stripeClient().checkout.sessions.expire(first.id)
    expect(await open(null, first.id)).toMatchObject({ amount_total: 1520 })
    me = await shopper()
    expect(await open(null, first.id)).toMatchObject({ amount_total: 1900 })
  })

  it('keeps what they typed when the page is made anew with today’s settings', async () => {
    const { code } = await promotion()
    const first = await open()
    applyCode(shop.sandbox, first.id, code)
    await stripeClient().checkout.sessions.update(first.id, { metadata: { terms: 'of last year' } })
    const next = await open()
    expect(next.id).not.toBe(first.id)
    expect(next).toMatchObject({ amount_total: 1520 })
  })

  it('buys without what they typed where it is for another plan than the one they choose then', async () => {
    const { code } = await promotion(await forGreat())
    const first = await open(null, null, { tier: GREAT, interval: 'month' })
    applyCode(shop.sandbox, first.id, code)
    expect(await open()).toMatchObject({ amount_total: 1900 })
  })

  it('has the code that they come with now, and not the one they typed before', async () => {
    const [typed, link] = [await promotion(), await promotion({ percent_off: 50 })]
    const first = await open()
    applyCode(shop.sandbox, first.id, typed.code)
    expect(await open(link.code)).toMatchObject({ amount_total: 950 })
  })

  it.each([
    ['is none', async () => 'NOSUCHCODE'],
    ['cannot be one', async () => '<b>20% off</b>'],
    ['was switched off', async () => (await promotion({}, { active: false })).code],
    ['is for another customer', async () => (await promotion({}, await ofAnother())).code],
    ['asks for a greater order', async () => (await promotion({}, { restrictions: BIG })).code],
    ['is for another plan', async () => (await promotion(await forGreat())).code],
    ['takes off another currency', async () => (await promotion(EUROS)).code],
  ])('buys at the full price where it %s', async (_, given) => {
    expect(await open(await given())).toMatchObject({ amount_total: 1900 })
  })

  soak('fifty clicks with a code that Stripe refuses make one page', async () => {
    const { code } = await promotion(await forGreat())
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => startCheckout(me.actor, { ...PRO, code })),
    )
    expect(new Set(answers.map(urlOf)).size).toBe(1)
    const customer = (await findCustomerId(me.workspaceId)) ?? ''
    const { data } = await stripeClient().checkout.sessions.list({ customer, status: 'open' })
    expect(data).toHaveLength(1)
  })
})

const BIG = { minimum_amount: 5000, minimum_amount_currency: 'usd' }
const EUROS = { percent_off: undefined, amount_off: 500, currency: 'eur' }

async function promotion(coupon: object = {}, code: object = {}) {
  made += 1
  const { id } = await stripeClient().coupons.create({
    percent_off: 20,
    duration: 'once',
    ...coupon,
  })
  return stripeClient().promotionCodes.create({
    promotion: { type: 'coupon', coupon: id },
    code: `LAUNCH${made}`,
    ...code,
  })
}

async function ofAnother() {
  return { customer: (await stripeClient().customers.create({})).id }
}

async function forGreat() {
  const { data } = await stripeClient().products.list({ limit: 100 })
  const great = data.find(({ metadata }) => metadata.tier === GREAT)
  return { applies_to: { products: [great?.id ?? ''] } }
}

async function open(
  code: string | null = null,
  before: string | null = null,
  choice: Choice = PRO,
) {
  const from = isCheckoutSessionId(before) ? before : null
  const url = urlOf(await startCheckout(me.actor, { ...choice, code, from }))
  return stripeClient().checkout.sessions.retrieve(url.split('/').at(-1) ?? '')
}

function urlOf(answer: Awaited<ReturnType<typeof startCheckout>>): string {
  if (answer.kind !== 'checkout') throw new Error(`Expected a checkout, got ${answer.kind}.`)
  return answer.url
}

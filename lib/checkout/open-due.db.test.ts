import { beforeEach, describe, expect, it } from 'vitest'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { mayRead } from '@/lib/redis/person-reads'
import { stripeClient } from '@/lib/stripe/client'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { applyCode } from '@/sandbox/lifecycle/checkout/promotion'
import { readOpenDue } from './open-due'
import { CARD, shopper } from './shop.fixture'
import { watchedShopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

const PRO = { tier: SMALL, interval: 'month' } as const

const shop = watchedShopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

async function leave(): Promise<string> {
  const started = await startCheckout(me.actor, PRO)
  if (started.kind !== 'checkout') throw new Error('No checkout was opened.')
  return started.url.split('/').at(-1) ?? ''
}

describe('what the page says of a checkout that was left', () => {
  it('is what it asks for: the price, and less with a code that was typed there', async () => {
    const id = await leave()
    expect(await readOpenDue(me.actor, PRO)).toEqual({ amount: 1900, currency: 'usd' })
    const coupon = await stripeClient().coupons.create({ percent_off: 20, duration: 'once' })
    const code = await stripeClient().promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
    })
    applyCode(shop.sandbox, id, code.code)
    expect(await readOpenDue(me.actor, PRO)).toEqual({ amount: 1520, currency: 'usd' })
    // Switched off, the same press opens another page.
    await stripeClient().promotionCodes.update(code.id, { active: false })
    expect(await readOpenDue(me.actor, PRO)).toBeNull()
  })

  it('is nothing of another choice, of another customer’s, of one that is paid, and where none was opened', async () => {
    expect(await readOpenDue(me.actor, PRO)).toBeNull()
    const id = await leave()
    expect(await readOpenDue(me.actor, { tier: GREAT, interval: 'month' })).toBeNull()
    expect(await readOpenDue(me.actor, { tier: SMALL, interval: 'year' })).toBeNull()
    expect(await readOpenDue((await shopper()).actor, PRO)).toBeNull()
    await payCheckout(shop.sandbox, id, CARD)
    expect(await readOpenDue(me.actor, PRO)).toBeNull()
  })

  it('makes nothing, and asks Stripe no more often than a person may look', async () => {
    await leave()
    shop.asked()
    await readOpenDue(me.actor, PRO)
    expect(shop.asked().filter((each) => !each.startsWith('GET '))).toEqual([])
    for (let n = 0; n < 60; n += 1) await mayRead(me.actor.id)
    expect(await readOpenDue(me.actor, PRO)).toBeNull()
    expect(shop.asked()).toEqual([])
  })

  it('is nothing while Stripe does not answer, and throws nothing', async () => {
    await leave()
    await limit(100)
    expect(await readOpenDue(me.actor, PRO)).toBeNull()
    await limit(0)
  })
})

/** Has Stripe answer so many of the next requests with 429. */
async function limit(requests: number): Promise<void> {
  const body = JSON.stringify({ rate_limit: requests })
  await fetch(`${shop.url}/_sandbox/chaos`, { method: 'POST', body })
}

import { beforeAll, expect, it, vi } from 'vitest'
import { watchedShopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { RateLimited } from '@/lib/errors'
import { stripeClient } from '@/lib/stripe/client'
import { readPromotion } from './read'

const anyone = async () => {}

const shop = watchedShopForFile()

beforeAll(async () => {
  await stripeClient().coupons.create({ id: 'launch', percent_off: 20, duration: 'once' })
})

it('a link that many follow asks Stripe once in a minute, and each of them sees what it gives', async () => {
  await make('MANY', {})
  shop.asked()
  await readPromotion('MANY', anyone)
  const seen = await Promise.all(Array.from({ length: 20 }, () => readPromotion('many', anyone)))
  for (const shown of seen)
    expect(shown).toMatchObject({ kind: 'given', promotion: { code: 'MANY', percentOff: 20 } })
  expect(shop.asked()).toEqual([expect.stringContaining('GET /v1/promotion_codes')])
})

it('a code that is none is remembered as none, and what cannot be a code asks no one', async () => {
  shop.asked()
  for (const code of ['NOSUCH', 'NOSUCH', '<script>', 'a b', ''])
    expect(await readPromotion(code, anyone)).toEqual({ kind: 'none' })
  expect(shop.asked()).toHaveLength(1)
})

it.each([
  ['was switched off', 'OFF', { active: false }],
  ['went past its day', 'LATE', { expires_at: Math.floor(Date.now() / 1000) + 60 }],
] as const)('a code that %s is over', async (_, code, params) => {
  await make(code, params)
  if ('expires_at' in params) await advance(3600)
  expect(await readPromotion(code, anyone)).toEqual({ kind: 'over', code })
})

it('where no more may be looked up, or Stripe is away, it is unknown, and nothing is thrown', async () => {
  const refuse = vi.fn(async () => {
    throw new RateLimited('too_many_tries', 60)
  })
  shop.asked()
  expect(await readPromotion('GUESS1', refuse)).toEqual({ kind: 'unknown' })
  expect(refuse).toHaveBeenCalledOnce()
  expect(shop.asked()).toEqual([])
})

async function make(code: string, params: object) {
  const promotion = { type: 'coupon', coupon: 'launch' } as const
  await stripeClient().promotionCodes.create({ promotion, code, ...params })
}

async function advance(seconds: number) {
  await fetch(new URL('/_sandbox/clock', shop.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: seconds }),
  })
}

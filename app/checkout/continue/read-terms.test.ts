import { beforeEach, expect, test, vi } from 'vitest'
import { userActor } from '@/lib/audit/actor'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { newUserId } from '@/lib/ids.fixture'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { readTerms } from './read-terms'

const ID = newUserId()
const ME = userActor(ID, personalWorkspaceOf(ID))
const CHOICE = { tier: SMALL, interval: 'year' } as const
const LIST = PLANS[SMALL].prices.year
const WAY = { code: null, hasLeft: false }
const usd = (amount: number) => ({ amount, currency: 'usd' })
const YEN = { amount: 28_000, currency: 'jpy' }

const world = vi.hoisted(
  () => ({ status: 'none', price: null, listed: null, offer: null, due: null }) as World,
)
type World = Record<'status' | 'price' | 'listed' | 'offer' | 'due', unknown>

vi.mock('@/app/limits', () => ({ limitPromotion: async () => {} }))
vi.mock('@/lib/billing/read', () => ({
  readBilling: async () => ({
    ...{ status: world.status, price: world.price, money: { payment: null, owes: null } },
  }),
}))
vi.mock('@/lib/billing/prices-in', () => ({ readPricesIn: async () => world.listed }))
vi.mock('@/lib/trials/offered', () => ({ readTrialOffer: async () => world.offer }))
vi.mock('@/lib/checkout/open-due', () => ({ readOpenDue: async () => world.due }))
vi.mock('@/lib/promotions/read', () => ({ readPromotion: async () => ({ kind: 'none' }) }))

beforeEach(() => {
  Object.assign(world, { status: 'none', price: null, listed: null, offer: null, due: null })
})

test('a buyer who never bought sees the price of the list', async () => {
  const terms = { price: LIST, due: null, trial: null, promotion: null, hasPlan: false }
  expect(await readTerms(ME, CHOICE, WAY)).toEqual(terms)
})

test('a buyer whose plan has ended sees the price in the currency that they paid in, where it is sold in it', async () => {
  world.price = YEN
  world.listed = { [SMALL]: { year: YEN } }
  expect((await readTerms(ME, CHOICE, WAY)).price).toEqual(YEN)
  world.listed = { [SMALL]: { month: { amount: 2800, currency: 'jpy' } } }
  expect((await readTerms(ME, CHOICE, WAY)).price).toEqual(LIST)
  world.listed = null
  expect((await readTerms(ME, CHOICE, WAY)).price).toEqual(LIST)
})

test('a checkout that was left says what it asks for, where that is not the price', async () => {
  world.due = usd(15_200)
  expect((await readTerms(ME, CHOICE, { ...WAY, hasLeft: true })).due).toEqual(usd(15_200))
  expect((await readTerms(ME, CHOICE, WAY)).due).toBeNull()
  world.due = { ...LIST, currency: 'eur' }
  expect((await readTerms(ME, CHOICE, { ...WAY, hasLeft: true })).due).toEqual(world.due)
  world.due = LIST
  expect((await readTerms(ME, CHOICE, { ...WAY, hasLeft: true })).due).toBeNull()
})

test('a trial is said in the buyer’s currency, and not where the checkout that was left has none', async () => {
  Object.assign(PLANS[SMALL], { trialDays: 14 })
  world.offer = { from: new Date('2026-11-28T00:00:00Z') }
  world.price = YEN
  world.listed = { [SMALL]: { year: YEN } }
  world.due = { amount: 0, currency: 'jpy' }
  const begins = await readTerms(ME, CHOICE, { ...WAY, hasLeft: true })
  expect(begins).toMatchObject({ due: null, trial: expect.stringContaining('Then ¥28,000 a year') })
  world.due = { amount: 22_400, currency: 'jpy' }
  const none = await readTerms(ME, CHOICE, { ...WAY, hasLeft: true })
  expect(none).toMatchObject({ due: world.due, trial: null })
  Reflect.deleteProperty(PLANS[SMALL], 'trialDays')
})

test('a code that is none is known for what it is, and so is a plan, to which none goes along', async () => {
  const { promotion } = await readTerms(ME, CHOICE, { ...WAY, code: 'NOSUCHCODE' })
  expect(promotion).toEqual({ kind: 'none' })
  world.status = 'active'
  expect(await readTerms(ME, CHOICE, WAY)).toMatchObject({ hasPlan: true })
})

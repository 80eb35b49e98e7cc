import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, test, vi } from 'vitest'
import { BASIC } from '@/app/dev/states/subscribers'
import { ownPlans } from '@/app/settings/billing/plans/own-plans'
import { ALL_PLANS, PAID_PLANS } from '@/lib/catalog/plans'
import { Unavailable } from '@/lib/errors'
import OfferPage from './page'

const VIEWER = { id: 'user-1', email: 'ana@example.com', actor: { workspaceId: 'own-1' } }

const world = vi.hoisted(() => ({
  user: async (): Promise<unknown> => null,
  plans: async (): Promise<unknown> => null,
}))

vi.mock('next/server', () => ({ after: () => {} }))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error(`redirected to ${to}`)
  },
  unstable_rethrow: () => {},
}))
vi.mock('@/lib/auth/session', () => ({ currentUser: () => world.user() }))
// Both bring next-auth along, which only a bundler resolves.
vi.mock('@/lib/auth/sign-in', () => ({}))
vi.mock('@/lib/auth/sign-out', () => ({ signOutEverywhereHere: () => {} }))
vi.mock('@/app/settings/billing/plans/read-own-plans', () => ({ readPlansOf: () => world.plans() }))
vi.mock('@/lib/promotions/read', () => ({ readPromotion: async () => ({ kind: 'unknown' }) }))
vi.mock('@/lib/jobs/drain-after-visit', () => ({ drainAfterVisit: () => {} }))

const shown = async (query: Record<string, string> = {}) =>
  renderToStaticMarkup(await OfferPage({ searchParams: Promise.resolve(query) }))

beforeEach(() => {
  world.user = async () => null
  world.plans = async () => null
})

const away = async () => {
  throw new Unavailable('records_away')
}

// Next matches a rewrite with the header itself, and drops from `cookies()` a value that it cannot decode.
test('a visitor whose cookie is no cookie to us sees the plans, and is not sent in a circle', async () => {
  const page = await shown()
  for (const { name } of ALL_PLANS) expect(page).toContain(name)
  for (const { name } of PAID_PLANS) expect(page).toContain(`Upgrade to ${name}`)
})

test('while our records are away a visitor with a session sees what any other does', async () => {
  const signedOut = await shown()
  world.user = away
  expect(await shown()).toBe(signedOut)
})

test('while the plans of a signed-in visitor cannot be read they see what any other does', async () => {
  const signedOut = await shown()
  world.user = async () => VIEWER
  world.plans = away
  expect(await shown()).toBe(signedOut)
})

test('with a promotion code it is kept for the click, records or none', async () => {
  world.user = away
  expect(await shown({ code: 'SPRING' })).toContain('value="SPRING"')
})

test('a subscriber, who would change their plan, is promised nothing of a code', async () => {
  world.user = async () => VIEWER
  world.plans = async () => ({ billing: BASIC, trial: null, ...ownPlans(BASIC, null) })
  const page = await shown({ code: 'SPRING' })
  expect(page).toContain('no code goes along')
  expect(page).not.toContain('goes to Stripe with you')
  expect(page).not.toContain('value="SPRING"')
})

test('a fault of ours is not passed off as a page for everyone', async () => {
  world.user = async () => {
    throw new TypeError('ours')
  }
  await expect(shown()).rejects.toThrow('ours')
})

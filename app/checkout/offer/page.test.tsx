import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, test, vi } from 'vitest'
import { ALL_PLANS, PAID_PLANS } from '@/lib/catalog/plans'
import OfferPage from './page'

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

const shown = async () =>
  renderToStaticMarkup(<>{await OfferPage({ searchParams: Promise.resolve({}) })}</>)

beforeEach(() => {
  world.user = async () => null
  world.plans = async () => null
})

// Next matches a rewrite with the header itself, and drops from `cookies()` a value that it cannot decode.
test('a visitor whose cookie is no cookie to us sees the plans, and is not sent in a circle', async () => {
  const page = await shown()
  for (const { name } of ALL_PLANS) expect(page).toContain(name)
  for (const { name } of PAID_PLANS) expect(page).toContain(`Upgrade to ${name}`)
})

test('a fault of ours is not passed off as a page for everyone', async () => {
  world.user = async () => {
    throw new TypeError('ours')
  }
  await expect(shown()).rejects.toThrow('ours')
})

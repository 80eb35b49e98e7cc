import { beforeEach, expect, test, vi } from 'vitest'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'
import { GET as status } from './api/billing/status/route'
import ReturnPage from './checkout/return/page'
import BillingPage from './settings/billing/page'
import PlansPage from './settings/billing/plans/page'

const world = vi.hoisted(() => ({
  after: [] as unknown[],
  signedIn: true,
  viewer: {
    id: 'user-1',
    email: 'ana@example.com',
    actor: { type: 'user', id: 'user-1', workspaceId: 'own-1' },
  },
}))

vi.mock('next/server', () => ({ after: (work: unknown) => world.after.push(work) }))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error(`redirected to ${to}`)
  },
  unstable_rethrow: () => {},
}))
vi.mock('@/lib/auth/session', () => ({
  currentUser: async () => (world.signedIn ? world.viewer : null),
  requireUser: async () => world.viewer,
}))
// Both bring next-auth along, which only a bundler resolves.
vi.mock('@/lib/auth/sign-in', () => ({}))
vi.mock('@/lib/auth/sign-out', () => ({ signOutEverywhereHere: () => {} }))
vi.mock('@/lib/billing/read', () => ({ readBilling: async () => ({}) }))
vi.mock('@/lib/billing/amounts', () => ({}))
vi.mock('@/lib/billing/status-of', () => ({ statusOf: () => ({}) }))
vi.mock('@/lib/checkout/confirm', () => ({ confirmCheckout: async () => ({ kind: 'unknown' }) }))
vi.mock('@/lib/jobs/drain-after-visit', () => ({ drainAfterVisit: () => {} }))

const props = () => ({ searchParams: Promise.resolve({}) })

beforeEach(() => {
  world.after.length = 0
  world.signedIn = true
})

test.each([
  ['the billing page', () => BillingPage(props())],
  ['the plans page', () => PlansPage(props())],
  ['the page after checkout', () => ReturnPage(props())],
  ['the status endpoint', () => status(new Request('http://localhost:3000/api/billing/status'))],
])('%s drains the backlog once it is answered', async (_, visit) => {
  await visit()
  expect(world.after).toEqual([drainAfterVisit])
})

test.each([
  ['the billing page', () => BillingPage(props())],
  ['the plans page', () => PlansPage(props())],
  ['the page after checkout', () => ReturnPage(props())],
])('%s drains nothing for a visitor who is signed out', async (_, visit) => {
  world.signedIn = false
  await expect(visit()).rejects.toThrow('/sign-in')
  expect(world.after).toEqual([])
})

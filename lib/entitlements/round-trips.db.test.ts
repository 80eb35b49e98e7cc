import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { gatedAction } from '@/app/access/gated-action'
import { gatedRoute } from '@/app/access/gated-route'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { PATIENCE } from '@/lib/deadline'
import type { WorkspaceId } from '@/lib/ids'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { behindWire } from '@/lib/webhooks/behind-wire.fixture'
import { roundTrips } from '@/tests/harness/faults/round-trips'
import { can } from './can'
import { entitlements } from './read'
import { requireFeature } from './require-feature'

const signedIn = vi.hoisted(() => ({ workspaceId: '' }))
vi.mock('@/lib/auth/session', () => ({
  requireUser: async () => ({ actor: { type: 'user', id: 'u', ...signedIn } }),
}))
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ origin: 'http://localhost:3000' }),
}))

const FEATURE = PLANS[SMALL].features[0] ?? expect.unreachable()

let world: Awaited<ReturnType<typeof behindWire>>
let workspaceId: WorkspaceId
const trips = roundTrips()

beforeAll(async () => {
  world = await behindWire()
  const ada = await world.customer()
  await syncCustomer(productionPorts(), ada.id, { type: 'system', job: 'test' })
  workspaceId = ada.workspaceId
  signedIn.workspaceId = workspaceId
  world.wire.watch(trips.watch)
  // A connection is made once in the life of a process.
  await can(workspaceId, FEATURE)
})
beforeEach(() => void trips.taken())
afterAll(() => world.stop())

it('a question costs one round trip to Postgres, and a second one outside of a request another', async () => {
  expect(await can(workspaceId, FEATURE)).toBe(true)
  expect(trips.taken()).toHaveLength(1)
  await requireFeature(workspaceId, FEATURE)
  expect(trips.taken()).toHaveLength(1)
})

/** All that a handler might want to know. */
async function asksMuch(): Promise<void> {
  await Promise.all([can(workspaceId, FEATURE), can(workspaceId, 'api_access')])
  await requireFeature(workspaceId, FEATURE)
  await entitlements(workspaceId)
}

it('a route that is gated, and asks more inside, costs one round trip in all', async () => {
  const GET = gatedRoute(FEATURE, PATIENCE.person, async () => {
    await asksMuch()
    return Response.json({})
  })
  expect((await GET()).status).toBe(200)
  expect(trips.taken()).toHaveLength(1)
  // Each request asks anew.
  await GET()
  expect(trips.taken()).toHaveLength(1)
})

it('so does an action', async () => {
  const press = gatedAction(
    FEATURE,
    () => undefined,
    asksMuch,
    async () => {},
  )
  expect(await press(new FormData())).toMatchObject({ ok: true })
  expect(trips.taken()).toHaveLength(1)
})

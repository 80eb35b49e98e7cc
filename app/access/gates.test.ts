import { beforeEach, describe, expect, test, vi } from 'vitest'
import { planWithFeature } from '@/lib/catalog/plan-with-feature'
import type { Entitlements } from '@/lib/entitlements/answer'
import { Unauthenticated } from '@/lib/errors'
import { newWorkspaceId } from '@/lib/workspaces/someone.fixture'
import { gatedAction } from './gated-action'
import { gatedRoute } from './gated-route'
import { accessHere, canHere } from './here'

const OWN = 'https://app.example.com'
const world = vi.hoisted(() => ({
  signedIn: true,
  features: [] as string[],
  asked: 0,
  origin: null as string | null,
}))
const workspaceId = newWorkspaceId()

vi.mock('next/headers', () => ({
  headers: async () => new Headers(world.origin ? { origin: world.origin } : {}),
}))
vi.mock('next/navigation', () => ({ unstable_rethrow: () => {} }))
vi.mock('@/lib/env', () => ({ env: () => ({ appUrl: 'https://app.example.com' }) }))
vi.mock('@/lib/log', () => ({ log: { info: () => {}, error: () => {} } }))
vi.mock('@/lib/auth/session', () => ({
  requireUser: async () => {
    if (!world.signedIn) throw new Unauthenticated('signed_out')
    return { actor: { type: 'user', id: 'u', workspaceId } }
  },
}))
vi.mock('@/lib/entitlements/read', () => ({
  entitlements: async (): Promise<Partial<Entitlements>> => {
    world.asked += 1
    // Safe: the tests put nothing else there.
    const features = world.features as Entitlements['features']
    return { features, withheld: [], source: 'records' }
  },
}))

const FEATURE = 'api_access'
const PATIENCE = { answer: 10_000, query: 1_000 }
const plan = planWithFeature(FEATURE) ?? expect.unreachable('No plan has it.')

beforeEach(() => {
  Object.assign(world, { signedIn: true, features: [], asked: 0, origin: OWN })
})

describe('a route that is gated', () => {
  const route = gatedRoute(FEATURE, PATIENCE, async (actor, _: Request, name: string) =>
    Response.json({ for: actor.workspaceId, name }),
  )
  const ask = (name: string, method = 'GET') => route(new Request(OWN, { method }), name)

  test('answers 402 without the feature, with the plan that has it', async () => {
    const answer = await ask('report')
    expect([answer.status, await answer.json()]).toEqual([
      402,
      { error: 'payment_required', reason: 'plan_required', feature: FEATURE, plan: plan.tier },
    ])
  })

  test('with the feature answers for the workspace of the signed-in user', async () => {
    world.features = [FEATURE]
    const answer = await ask('report')
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { for: workspaceId, name: 'report' },
    ])
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'with the feature does a %s for our own pages alone',
    async (method) => {
      world.features = [FEATURE]
      for (const elsewhere of ['https://elsewhere.example', 'null', null]) {
        world.origin = elsewhere
        const answer = await ask('report', method)
        expect([answer.status, await answer.json()]).toEqual([
          403,
          { error: 'forbidden', reason: 'other_address' },
        ])
      }
      expect(world.asked).toBe(0)
      world.origin = OWN
      expect((await ask('report', method)).status).toBe(200)
    },
  )

  test.each(['GET', 'HEAD'])('reads by %s for a link on another site', async (method) => {
    world.features = [FEATURE]
    world.origin = null
    expect((await ask('report', method)).status).toBe(200)
  })

  test('that says of no request what it does is for our own pages alone', async () => {
    world.features = [FEATURE]
    world.origin = null
    const bare = gatedRoute(FEATURE, PATIENCE, async () => Response.json({}))
    expect((await bare()).status).toBe(403)
  })

  test('without a session is 401, before access is asked', async () => {
    world.signedIn = false
    expect((await ask('report')).status).toBe(401)
    expect(world.asked).toBe(0)
  })
})

describe('an action that is gated', () => {
  const done: string[] = []
  const press = gatedAction(
    FEATURE,
    (form) => String(form.get('name')),
    async (_, name) => done.push(name),
    async () => {},
  )
  const form = new FormData()
  form.set('name', 'report')

  test('does nothing without the feature, and says which plan has it', async () => {
    expect(await press(form)).toMatchObject({
      ...{ ok: false, code: 'payment_required', reason: 'plan_required' },
      needs: { feature: FEATURE, plan: plan.tier, planName: plan.name },
    })
    expect(done).toEqual([])
  })

  test('does it with the feature', async () => {
    world.features = [FEATURE]
    expect(await press(form)).toMatchObject({ ok: true })
    expect(done).toEqual(['report'])
  })
})

test('a component can ask whether the workspace has the feature', async () => {
  expect(await canHere(FEATURE)).toBe(false)
  world.features = [FEATURE]
  expect(await canHere(FEATURE)).toBe(true)
  expect((await accessHere()).features).toEqual([FEATURE])
})

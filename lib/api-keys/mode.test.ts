import { beforeEach, expect, test, vi } from 'vitest'
import { apiKeyMode } from './mode'

const world = vi.hoisted(() => ({ appEnv: 'test', livemode: false }))
vi.mock('@/lib/env', () => ({
  env: () => ({ appEnv: world.appEnv, stripe: { livemode: world.livemode } }),
}))

beforeEach(() => {
  Object.assign(world, { appEnv: 'test', livemode: false })
})

test.each([
  ['production', true, 'live'],
  ['production', false, 'test'],
  ['preview', true, 'test'],
  ['preview', false, 'test'],
  ['development', false, 'test'],
  ['test', true, 'test'],
])('in %s, with Stripe’s livemode %s, a key is a %s key', (appEnv, livemode, mode) => {
  Object.assign(world, { appEnv, livemode })
  expect(apiKeyMode()).toBe(mode)
})

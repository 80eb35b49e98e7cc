import { beforeEach, expect, test, vi } from 'vitest'
import { RateLimited } from '@/lib/errors'
import type { RateRule } from '@/lib/redis/rate-limit'
import { peerHeader } from '@/lib/requests/peer-header'
import { limitSignIn } from './limits'

const world = vi.hoisted(() => ({
  headers: new Headers(),
  counts: new Map<string, number>(),
  proxies: { kind: 'hops', count: 1 },
  /** Where the user of an address signed in before. */
  known: new Map<string, string>(),
}))

vi.mock('@/lib/env', () => ({ env: () => world }))
vi.mock('next/headers', () => ({ headers: async () => world.headers }))
vi.mock('@/lib/redis/rate-limit', () => ({
  limitRate: async ({ name, key, limit }: RateRule) => {
    const count = (world.counts.get(name + key) ?? 0) + 1
    world.counts.set(name + key, count)
    return count <= limit ? { allowed: true } : { allowed: false, retryAfterSeconds: 1 }
  },
}))

vi.mock('@/lib/auth/known-network', () => ({
  isKnownNetworkOf: async (email: string, network: string) => world.known.get(email) === network,
}))

beforeEach(() => {
  world.headers = new Headers()
  world.proxies = { kind: 'hops', count: 1 }
  world.known.clear()
  world.counts.clear()
})

// Through the one trusted proxy, or with no proxy header at all.
async function tries(
  count: number,
  forwarded: (n: number) => string | null,
  email = 'ana@example.com',
): Promise<number> {
  let letIn = 0
  for (let n = 0; n < count; n++) {
    const value = forwarded(n)
    const through = { [peerHeader()]: '10.0.0.1' }
    world.headers = new Headers(value === null ? {} : { ...through, 'x-forwarded-for': value })
    await limitSignIn({ email }).then(
      () => letIn++,
      (error) => expect(error).toBeInstanceOf(RateLimited),
    )
  }
  return letIn
}

test('a network that writes other addresses before its own gets no more tries', async () => {
  expect(await tries(150, (n) => `198.51.100.${n}, 203.0.113.7`)).toBe(100)
})

test('a client that connects without a proxy gets no more tries by inventing proxies', async () => {
  world.proxies = { kind: 'hops', count: 0 }
  expect(await tries(150, (n) => `198.51.100.${n}`)).toBe(100)
})

test('a network is no larger for having many IPv6 addresses', async () => {
  expect(await tries(150, (n) => `2001:db8:1:2::${n.toString(16)}`)).toBe(100)
})

test('requests from an unknown network share one limit', async () => {
  expect(await tries(1200, () => null)).toBe(1000)
})

test('one network’s tries are not another’s', async () => {
  expect(await tries(150, (n) => `203.0.113.${n}`)).toBe(150)
})

test('a network that others use up stays open to a user who signed in from it before', async () => {
  world.known.set('customer@example.com', '203.0.113.7')
  expect(await tries(150, () => '203.0.113.7')).toBe(100)
  expect(await tries(20, () => '203.0.113.7', 'customer@example.com')).toBe(20)
  expect(await tries(1, () => '203.0.113.7', 'first@example.com')).toBe(0)
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { DELETE, GET, PATCH, POST, PUT } from '@/app/api/billing/status/route'
import { db, disconnect } from '@/db/client'
import { createApiKey } from '@/lib/api-keys/create'
import { revokeApiKey } from '@/lib/api-keys/revoke'
import { makeApiKey } from '@/lib/api-keys/secret'
import { apiRateOf } from '@/lib/catalog/api-rate'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { grantOverride } from '@/lib/overrides/grant'
import { grantPlan } from '@/lib/overrides/granted.fixture'
import { someone } from '@/lib/workspaces/someone.fixture'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'

const world = vi.hoisted(() => ({ cookiesRead: 0, redis: true }))
vi.mock('next/server', () => ({ after: () => {} }))
vi.mock('next/headers', () => ({
  cookies: async () => {
    world.cookiesRead += 1
    return { get: () => undefined }
  },
}))
vi.mock(import('@/lib/redis/client'), async (original) => {
  const { store, ...rest } = await original()
  return { ...rest, store: () => (world.redis ? store() : { ask: async () => ({ ok: false }) }) }
})

let me: Awaited<ReturnType<typeof someone>>
let endPlan: () => Promise<void>
let made: Awaited<ReturnType<typeof createApiKey>>
beforeEach(async () => {
  Object.assign(world, { cookiesRead: 0, redis: true })
  me = await someone()
  endPlan = await grantPlan(me.workspaceId, GREAT)
  made = await createApiKey(me.actor, { name: 'Nightly export', days: 30 })
})
afterAll(disconnect)

const ask = (headers: Record<string, string> = {}) =>
  GET(new Request('http://localhost:3000/api/billing/status', { headers }))
const withKey = (key: string = made.key) => ask({ authorization: `Bearer ${key}` })

const OPS = { type: 'system', job: 'test' } as const
const FOR_A_DAY = { until: new Date(Date.now() + 86_400_000), reason: 'For a test.' }
const BY_HAND = { kind: 'feature', feature: 'api_access' } as const
const UNAUTHENTICATED = [401, { error: 'unauthenticated' }, 'Bearer']
const read = async (answer: Response) => [
  answer.status,
  await answer.json(),
  answer.headers.get('www-authenticate'),
]

describe('a program with a key', () => {
  test('reads the plan of the key’s workspace, and no cookie is looked at or set', async () => {
    const answer = await withKey()
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ tier: GREAT, features: expect.any(Array) })
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(world.cookiesRead).toBe(0)
  })

  test.each(['bearer', 'BEARER', 'Bearer '])('may write the scheme as %j', async (scheme) => {
    expect((await ask({ authorization: `${scheme} ${made.key}` })).status).toBe(200)
  })

  test.each([
    ['no key', ''],
    ['a word', 'Bearer yes'],
    ['a key without its scheme', 'KEY'],
    ['a key as a user’s password', 'Basic KEY'],
    ['two keys', 'Bearer KEY, Bearer KEY'],
    ['a key and a word', 'Bearer KEY x'],
    ['a key with a typo', 'Bearer KEYx'],
    ['a key of the other mode', `Bearer ${makeApiKey('live')}`],
    ['a key that no one made', `Bearer ${makeApiKey('test')}`],
    ['the secret of the crons', 'Bearer undefined'],
  ])('that sends %s is unauthenticated, whatever cookie it has', async (_, said) => {
    const authorization = said.replaceAll('KEY', made.key)
    const answer = await ask({ authorization, cookie: 'authjs.session-token=a' })
    expect(await read(answer)).toEqual(UNAUTHENTICATED)
    expect(world.cookiesRead).toBe(0)
  })

  test('cannot send it as a cookie or in the address', async () => {
    expect(await read(await ask({ cookie: `authjs.session-token=${made.key}` }))).toEqual(
      UNAUTHENTICATED,
    )
    const request = new Request(`http://localhost:3000/api/billing/status?key=${made.key}`)
    expect(await read(await GET(request))).toEqual(UNAUTHENTICATED)
  })

  test('is refused from the next request on when the key is revoked or over', async () => {
    await withKey()
    await revokeApiKey(me.actor, made.id)
    expect(await read(await withKey())).toEqual(UNAUTHENTICATED)
    const other = await createApiKey(me.actor, { name: 'Other', days: 30 })
    await db().execute(
      sql`update api_keys set expires_at = clock_timestamp() where id = ${other.id}`,
    )
    expect(await read(await withKey(other.key))).toEqual(UNAUTHENTICATED)
  })

  test('whose workspace has lost API access is answered which plan has it, and counted', async () => {
    await endPlan()
    const answer = await withKey()
    expect(await read(answer)).toEqual([
      403,
      {
        error: 'forbidden',
        reason: 'api_key_without_plan',
        feature: 'api_access',
        plan: GREAT,
      },
      null,
    ])
    const limit = apiRateOf('free')
    expect(answer.headers.get('ratelimit')).toMatch(new RegExp(`^"api-key";r=${limit - 1};t=\\d+$`))
  })
})

describe('the rate of a key', () => {
  const limit = apiRateOf(GREAT)
  const headersOf = ({ headers }: Response) => [
    headers.get('ratelimit-policy'),
    headers.get('ratelimit'),
    headers.get('retry-after'),
  ]

  test('is the plan’s, and each answer says what is left of it', async () => {
    expect(limit).toBeGreaterThan(apiRateOf(SMALL))
    const [first, second] = [await withKey(), await withKey()]
    expect(headersOf(first)[0]).toBe(`"api-key";q=${limit};w=60`)
    expect(headersOf(first)[1]).toMatch(new RegExp(`^"api-key";r=${limit - 1};t=\\d+$`))
    expect(headersOf(second)[1]).toMatch(new RegExp(`^"api-key";r=${limit - 2};t=\\d+$`))
    expect(headersOf(second)[2]).toBeNull()
  })

  // breakage: Redis is away while programs call with API keys | each process counts by itself: of n processes, at most n times the limit pass
  test.each(WITHOUT_SOAKS ? [true] : [true, false])(
    'lets no request more pass than the limit, with Redis %s, and says when to come again',
    async (redis) => {
      world.redis = redis
      const answers: Response[] = []
      // The least limit that the catalog has: of a plan without an API, whose workspace has one by hand.
      const limit = apiRateOf('free')
      await endPlan()
      await grantOverride(OPS, me.workspaceId, BY_HAND, FOR_A_DAY)
      // Ten at once: more would wait for Postgres, which is not what this is about.
      while (answers.length < limit + 20)
        answers.push(...(await Promise.all(Array.from({ length: 10 }, () => withKey()))))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(limit)
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused).toHaveLength(20)
      for (const answer of refused) {
        expect(await answer.json()).toEqual({ error: 'rate_limited' })
        const [policy, left, retryAfter] = headersOf(answer)
        expect(policy).toBe(`"api-key";q=${limit};w=60`)
        expect(left).toBe(`"api-key";r=0;t=${retryAfter}`)
        expect(Number(retryAfter)).toBeGreaterThan(0)
        expect(Number(retryAfter)).toBeLessThanOrEqual(60)
      }
      // Another key of the same workspace has a rate of its own.
      const other = await createApiKey(me.actor, { name: 'Other', days: null })
      expect((await withKey(other.key)).status).toBe(200)
    },
    120_000,
  )

  test('does not count what names no key', async () => {
    const before = headersOf(await withKey())[1]
    await Promise.all(Array.from({ length: 5 }, () => withKey(makeApiKey('test'))))
    const after = headersOf(await withKey())[1]
    expect([before, after].map((left) => /r=(\d+)/.exec(left ?? '')?.[1])).toEqual([
      `${limit - 1}`,
      `${limit - 2}`,
    ])
  })
})

test.each([DELETE, PATCH, POST, PUT])(
  'any other method is 405 and says which there are',
  async (method) => {
    const answer = method()
    expect([answer.status, answer.headers.get('allow'), await answer.json()]).toEqual([
      405,
      'GET, HEAD, OPTIONS',
      { error: 'method_not_allowed' },
    ])
  },
)

test('a visitor without a key or a session is unauthenticated, as ever', async () => {
  expect(await read(await ask())).toEqual(UNAUTHENTICATED)
  expect((await ask()).headers.get('ratelimit')).toBeNull()
})

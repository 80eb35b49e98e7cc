import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { parseEnv } from './env'
import { GOOD, HOOK, PRODUCTION, problemsOf } from './env.fixture'
import { ALIASES, understand } from './env-aliases'
import { remarks } from './env-remarks'

const POOLED = 'postgres://app:hunter2@ep-cool-1-pooler.eu-central-1.aws.neon.tech/neondb'
const DIRECT = 'postgres://app:hunter2@ep-cool-1.eu-central-1.aws.neon.tech/neondb'
const REQUIRED = '?sslmode=require'

const UPSTASH = {
  KV_URL: 'rediss://default:AXlz@eu1.upstash.io:6379',
  KV_REST_API_URL: 'https://eu1-kv.upstash.io',
  KV_REST_API_TOKEN: 'AXlzb3RoZXI',
  KV_REST_API_READ_ONLY_TOKEN: 'Aonly',
  REDIS_URL: 'rediss://default:AXlz@eu1.upstash.io:6379',
}
const NEON = {
  DATABASE_URL: POOLED + REQUIRED,
  DATABASE_URL_UNPOOLED: DIRECT + REQUIRED,
  POSTGRES_URL: `${POOLED}?channel_binding=require&sslmode=require`,
  POSTGRES_URL_NON_POOLING: DIRECT + REQUIRED,
  POSTGRES_URL_NO_SSL: POOLED,
  POSTGRES_PRISMA_URL: `${POOLED}?connect_timeout=15&sslmode=require`,
  PGHOST: 'ep-cool-1-pooler.eu-central-1.aws.neon.tech',
}
const SUPABASE = {
  POSTGRES_URL:
    'postgres://postgres.ref:pw@aws-0-eu-1.pooler.supabase.com:6543/postgres?sslmode=require',
  POSTGRES_URL_NON_POOLING:
    'postgres://postgres.ref:pw@aws-0-eu-1.pooler.supabase.com:5432/postgres?sslmode=require',
  POSTGRES_HOST: 'db.ref.supabase.co',
}
const STRIPE = {
  STRIPE_SECRET_KEY: 'sk_test_51Marketplace',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_51Marketplace',
  STRIPE_WEBHOOK_SECRET: HOOK,
}

const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(PRODUCTION).filter(([name]) => !names.includes(name)))
const BARE = without(
  ...['DATABASE_URL', 'UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ...['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
)

describe('the names that Vercel’s Marketplace gives', () => {
  it('of Upstash, Neon and Stripe together are all that a deployment needs besides its own', () => {
    const { env, said } = start({ ...BARE, ...UPSTASH, ...NEON, ...STRIPE })
    expect(env.redis).toMatchObject({
      url: UPSTASH.KV_REST_API_URL,
      token: UPSTASH.KV_REST_API_TOKEN,
    })
    expect([env.databaseUrl, env.directDatabaseUrl]).toEqual([POOLED + REQUIRED, DIRECT + REQUIRED])
    expect(env.stripe.publishableKey).toBe('pk_test_51Marketplace')
    expect(said).toEqual([])
  })

  it('of Supabase give the pooler to the application, and the way around it to migrations', () => {
    const { env, said } = start({ ...BARE, ...UPSTASH, ...SUPABASE, ...STRIPE })
    expect(env.databaseUrl).toBe(SUPABASE.POSTGRES_URL)
    expect(env.directDatabaseUrl).toBe(SUPABASE.POSTGRES_URL_NON_POOLING)
    expect(said).toEqual([])
  })

  it('count where ours are blank, as a form without an entry leaves them', () => {
    const { env } = start({
      ...{ ...PRODUCTION, UPSTASH_REDIS_REST_URL: ' ', UPSTASH_REDIS_REST_TOKEN: '' },
      ...UPSTASH,
    })
    expect(env.redis.url).toBe(UPSTASH.KV_REST_API_URL)
  })

  it('that are blank are none', () => {
    const { env, said } = start({ ...PRODUCTION, KV_REST_API_URL: '', POSTGRES_URL: ' ' })
    expect(env.databaseUrl).toBe(PRODUCTION.DATABASE_URL)
    expect(said).toEqual([])
  })

  it('are what a refusal calls the variable, since ours is not set', () => {
    const KV_REST_API_URL = 'http://kv.example.com'
    expect(problemsOf({ ...BARE, ...NEON, ...STRIPE, ...UPSTASH, KV_REST_API_URL })).toEqual([
      expect.stringMatching(/^KV_REST_API_URL is plain http:\/\/ to another machine/),
    ])
    expect(problemsOf({ ...BARE, ...UPSTASH, ...STRIPE, POSTGRES_URL: 'neon' })).toEqual([
      expect.stringMatching(/^POSTGRES_URL is missing or not a URL/),
    ])
  })

  it('do not bring a live key into a preview', () => {
    const given = { ...BARE, ...UPSTASH, ...NEON, ...STRIPE, APP_ENV: undefined }
    const preview = { ...given, VERCEL: '1', VERCEL_ENV: 'preview' }
    expect(problemsOf(preview)).toEqual([])
    expect(problemsOf({ ...preview, STRIPE_SECRET_KEY: 'sk_live_51Marketplace' })).toContainEqual(
      expect.stringContaining('Use a test key here'),
    )
  })
})

describe('a name of ours beside one of the Marketplace', () => {
  it.each([
    ['UPSTASH_REDIS_REST_URL', 'KV_REST_API_URL', 'https://other.upstash.io'],
    ['UPSTASH_REDIS_REST_TOKEN', 'KV_REST_API_TOKEN', 'Bother'],
    ['DATABASE_URL', 'POSTGRES_URL', POOLED],
    ['NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY', 'STRIPE_PUBLISHABLE_KEY', 'pk_live_51Other'],
  ])(
    'wins where they differ, and that is said of %s and %s without a value',
    (name, other, value) => {
      const own = { ...PRODUCTION, NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY: 'pk_live_51Own' }
      const { variables } = understand({ ...own, [other]: value })
      expect(variables[name]).toBe(Object.entries(own).find(([key]) => key === name)?.[1])
      const { said } = start({ ...own, [other]: value })
      expect(said).toEqual([expect.stringContaining(`${name} and ${other} differ`)])
      expect(said.join()).not.toContain(value)
    },
  )

  it('says nothing where they are the same thing', () => {
    const { said } = start({
      ...{ ...PRODUCTION, DATABASE_URL: POOLED + REQUIRED, POSTGRES_URL: POOLED },
      KV_REST_API_URL: PRODUCTION.UPSTASH_REDIS_REST_URL,
    })
    expect(said).toEqual([])
  })

  it('is reported in development, too', () => {
    const said = remarks(parseEnv({ ...GOOD, POSTGRES_URL: POOLED }))
    expect(said).toEqual([expect.stringContaining('DATABASE_URL and POSTGRES_URL differ')])
  })
})

describe('what belongs together', () => {
  it('a URL of ours is never asked with the token of another store', () => {
    const half = { ...PRODUCTION, UPSTASH_REDIS_REST_TOKEN: undefined, ...UPSTASH }
    expect(problemsOf(half)).toEqual([
      expect.stringContaining('UPSTASH_REDIS_REST_TOKEN is missing'),
    ])
  })

  it.each([
    ['of another branch', 'postgres://app:hunter2@ep-other-2.eu-central-1.aws.neon.tech/neondb'],
    ['of another database', DIRECT.replace('/neondb', '/old')],
    ['of another provider', 'postgres://app:hunter2@db.example.com/neondb'],
  ])('migrations do not go to a database %s than the one that is served', (_, url) => {
    const given = { ...PRODUCTION, DATABASE_URL: POOLED + REQUIRED }
    for (const name of ['DATABASE_URL_UNPOOLED', 'POSTGRES_URL_NON_POOLING']) {
      const { env, said } = start({ ...given, [name]: url + REQUIRED })
      expect(env.directDatabaseUrl).toBe(POOLED + REQUIRED)
      expect(said).toEqual([expect.stringContaining(`${name} is not used`)])
    }
  })
})

test.each(['.env.example', 'docs/how-to/deploy-to-vercel.md'])(
  'every name that is understood is explained in %s',
  (page) => {
    const text = readFileSync(page, 'utf8')
    const others = Object.values(ALIASES).flat()
    expect(others.filter((name) => !text.includes(name))).toEqual([])
  },
)

function start(given: Record<string, string | undefined>) {
  const env = parseEnv({
    ...{ CRON_SECRET: 'k3W9x1Vb7Zq5Mn8Pc2Lf6Jt4Rh0Yd5Gs1UeOa', TRUSTED_PROXIES: '1' },
    ...{ AUTH_GITHUB_ID: 'Iv1.1', AUTH_GITHUB_SECRET: 'shh' },
    ...given,
  })
  return { env, said: remarks(env).filter((remark) => !remark.includes('test key in production')) }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseEnv } from '@/lib/env'
import { HOOK, LIVE_KEY } from '@/lib/env.fixture'
import { ROOT } from './stack/paths'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const [, address = ''] =
  /\]\((https:\/\/vercel\.com\/new\/clone\?[^)]+)\)/.exec(read('README.md')) ?? []
const button = new URL(address).searchParams

it('the deploy button clones the repository that package.json names', () => {
  expect(button.get('repository-url')).toBe(JSON.parse(read('package.json')).repository.url)
})

it('what the button asks for, and what Neon and Upstash give on Vercel, is an environment that starts', () => {
  const given: Record<string, string> = {
    AUTH_SECRET: 'b64/0kq5Qn6yJm3vVvqk1dDq8r0u1Zy2w3',
    CRON_SECRET: 'k3W9x1Vb7Zq5Mn8Pc2Lf6Jt4Rh0Yd5Gs1UeOa',
    STRIPE_SECRET_KEY: LIVE_KEY,
    STRIPE_WEBHOOK_SECRET: HOOK,
  }
  const asked = (button.get('env') ?? '').split(',')
  expect(asked.toSorted()).toEqual(Object.keys(given))
  const stores = {
    DATABASE_URL: 'postgres://a:b@ep-x-pooler.eu-central-1.aws.neon.tech/neondb?sslmode=require',
    DATABASE_URL_UNPOOLED: 'postgres://a:b@ep-x.eu-central-1.aws.neon.tech/neondb?sslmode=require',
    KV_REST_API_URL: 'https://eu1-shared.upstash.io',
    KV_REST_API_TOKEN: 'AXlzZWNyZXQ',
  }
  const host = {
    VERCEL: '1',
    VERCEL_ENV: 'production',
    VERCEL_PROJECT_PRODUCTION_URL: 'x.vercel.app',
  }
  expect(parseEnv({ ...host, ...stores, ...given })).toMatchObject({
    ...{ appEnv: 'production', appUrl: 'https://x.vercel.app' },
    directDatabaseUrl: stores.DATABASE_URL_UNPOOLED,
  })
})

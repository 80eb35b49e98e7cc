import { expect, it, vi } from 'vitest'
import { serverScript } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'

// Each starts a process, on machines that are busy with everything else.
vi.setConfig({ testTimeout: 60_000 })

const VERCEL = { VERCEL: '1', VERCEL_ENV: 'production' }

it('the first build on Vercel, before a store is connected, migrates nothing and goes on', async () => {
  const { ok, output } = await migrate(VERCEL)
  expect(ok, output).toBe(true)
  expect(output).toContain('/setup')
})

it.each([
  [
    'a project that lost its database alone',
    { ...VERCEL, KV_REST_API_URL: 'https://x.upstash.io' },
  ],
  ['a deploy that is not on Vercel', { APP_ENV: 'production' }],
])('%s fails, so that what serves goes on', async (_, given) => {
  const { ok, output } = await migrate(given)
  expect([ok, output]).toEqual([false, expect.stringContaining('DATABASE_URL is not set.')])
})

function migrate(given: Record<string, string>) {
  const { PATH = '' } = process.env
  // Not the .env files of a developer.
  const env = { PATH, NODE_ENV: 'production', __NEXT_PROCESSED_ENV: '1', ...given } as const
  return run(serverScript('scripts/migrate.ts'), env)
}

import { describe, expect, it } from 'vitest'
import { parseEnv } from '@/lib/env'
import { PRODUCTION } from '@/lib/env.fixture'
import { EnvironmentError } from '@/lib/env-error'
import type { Given } from '@/lib/env-given'
import { isFresh } from './is-fresh'

const NO_DATABASE = { ...PRODUCTION, DATABASE_URL: undefined }

describe('a deployment that cannot start', () => {
  it.each<[string, Given]>([
    ['nothing at all is set', { NODE_ENV: 'production' }],
    ['Vercel gives its own variables alone', { VERCEL: '1', VERCEL_ENV: 'production' }],
    ['some are set, and right', NO_DATABASE],
    ['a preview has nothing', { APP_ENV: 'preview' }],
    ['what is given came under a name of the Marketplace', { ...NO_DATABASE, KV_REST_API_URL: '' }],
  ])('is fresh when %s', async (_, given) => {
    expect(await isFresh(refusal(given), given)).toBe(true)
  })

  it.each<[string, Given]>([
    ['one is wrong beside those that are missing', { ...NO_DATABASE, APP_URL: 'http://x.org' }],
    ['a secret is set and blank', { ...NO_DATABASE, AUTH_SECRET: '' }],
    ['a secret is a placeholder', { ...NO_DATABASE, AUTH_SECRET: 'changeme' }],
    ['half of a pair is missing', { ...NO_DATABASE, AUTH_GITHUB_ID: 'Iv1.1' }],
    ['a live key is set for a preview', { ...NO_DATABASE, APP_ENV: 'preview' }],
    ['it runs on the machine of a developer', { APP_ENV: 'development' }],
    ['it runs for a test', { APP_ENV: 'test' }],
  ])('is not when %s, and says so by not starting', async (_, given) => {
    expect(await isFresh(refusal(given), given)).toBe(false)
  })

  it('is fresh while its database does not answer, because no one can say that it was in use', async () => {
    const given = {
      ...PRODUCTION,
      DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x',
      AUTH_SECRET: undefined,
    }
    expect(await isFresh(refusal(given), given)).toBe(true)
  })
})

function refusal(given: Given): EnvironmentError {
  try {
    parseEnv(given)
  } catch (error) {
    if (error instanceof EnvironmentError) return error
  }
  throw new Error('a server starts with these')
}

import { describe, expect, it } from 'vitest'
import { parseEnv } from './env'
import { PRODUCTION } from './env.fixture'

describe('a database whose tables stand in a schema beside others', () => {
  const billing = parseEnv({ ...PRODUCTION, DATABASE_SCHEMA: 'billing' })

  it('is asked for that schema on each way to it', () => {
    expect(new URL(billing.databaseUrl).searchParams.get('search_path')).toBe('billing')
    expect(new URL(billing.directDatabaseUrl).searchParams.get('search_path')).toBe('billing')
  })

  it('has keys of its own in a Redis that it shares with another schema', () => {
    const names = [undefined, 'billing', 'staging'].map((schema) => {
      const env = parseEnv({ ...PRODUCTION, DATABASE_SCHEMA: schema })
      expect(env.redis.namespace).toBe(env.databaseFingerprint)
      return env.databaseFingerprint
    })
    expect(new Set(names).size).toBe(3)
  })

  it('is the one of before where the schema is public', () => {
    const { databaseUrl, databaseFingerprint } = parseEnv(PRODUCTION)
    expect(parseEnv({ ...PRODUCTION, DATABASE_SCHEMA: 'public' })).toMatchObject({
      ...{ databaseUrl, databaseFingerprint },
    })
  })

  it.each(['Billing', 'a b', 'a;drop', 'pg_temp', 'information_schema', '1a', 'x'.repeat(64)])(
    'is refused under the name %s, in words that say why',
    (schema) => {
      expect(() => parseEnv({ ...PRODUCTION, DATABASE_SCHEMA: schema })).toThrow(
        'DATABASE_SCHEMA must be a name of a-z, 0-9 and _',
      )
    },
  )
})

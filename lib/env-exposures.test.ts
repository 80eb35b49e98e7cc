import { describe, expect, it, test } from 'vitest'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { parseEnv } from './env'
import { GOOD, PRODUCTION, problemsOf } from './env.fixture'

const PREVIEW = { ...PRODUCTION, APP_ENV: 'preview', STRIPE_SECRET_KEY: GOOD.STRIPE_SECRET_KEY }

describe('the public address', () => {
  it.each(['http://app.example.com', 'HTTP://app.example.com', 'hTTp://localhost:3000'])(
    'is not %s where money moves',
    (APP_URL) => {
      const problem = 'APP_URL must start with https:// in production.'
      expect(problemsOf({ ...PRODUCTION, APP_URL })).toEqual([problem])
    },
  )

  it('is not plain http in a preview that others reach', () => {
    const problem = 'APP_URL must start with https:// in preview.'
    expect(problemsOf({ ...PREVIEW, APP_URL: 'HTTP://preview.example.com' })).toEqual([problem])
    expect(problemsOf({ ...PREVIEW, APP_URL: 'http://localhost:3000' })).toEqual([])
  })

  it.each([
    'https://a@evil.example',
    'https://app.example.com@evil.example',
    'https://a:b@app.example.com',
    'https://@app.example.com',
    'https://app.example.com/billing',
    'https://app.example.com?',
    'https://app.example.com?next=//evil.example',
    'https://app.example.com#top',
    'https://app.example.com\\@evil.example',
    'https://*.example.com',
    'https://**',
  ])('is a host alone, unlike %s', (APP_URL) => {
    expect(problemsOf({ ...PRODUCTION, APP_URL })).toEqual([
      expect.stringContaining('APP_URL must be scheme, host and port alone'),
    ])
  })

  it('may be written in capitals, and with a slash at its end', () => {
    const { appUrl } = parseEnv({ ...PRODUCTION, APP_URL: 'HTTPS://App.Example.com:443/' })
    expect(appUrl).toBe('https://app.example.com')
  })
})

describe('Redis', () => {
  it.each(['http://redis.example.com', 'HTTP://10.0.0.5:8079', 'http://localhost.example.com'])(
    'is not asked in the clear on another machine: %s',
    (UPSTASH_REDIS_REST_URL) => {
      for (const base of [GOOD, PRODUCTION])
        expect(problemsOf({ ...base, UPSTASH_REDIS_REST_URL })).toEqual([
          expect.stringContaining('UPSTASH_REDIS_REST_URL is plain http:// to another machine'),
        ])
    },
  )

  it.each([
    'http://127.0.0.1:8079',
    'http://localhost:8079',
    'http://[::1]:8079',
    'http://redis:80',
  ])('may be on this machine, or in a container beside it: %s', (UPSTASH_REDIS_REST_URL) => {
    expect(problemsOf({ ...PRODUCTION, UPSTASH_REDIS_REST_URL })).toEqual([])
  })

  it('has its token in a variable of its own, for fetch takes none out of a URL', () => {
    const given = { UPSTASH_REDIS_REST_URL: 'https://default:hunter2@eu1.upstash.io' }
    const [problem = '', ...more] = problemsOf({ ...GOOD, ...given })
    expect(problem).toContain('UPSTASH_REDIS_REST_URL holds a user name.')
    expect(problem + more).not.toContain('hunter2')
  })
})

describe('Postgres', () => {
  const at = (rest: string) => `postgres://ledgerline:hunter2@${rest}`

  it.each(['DATABASE_URL', 'DIRECT_DATABASE_URL'])('is asked over TLS far away, by %s', (name) => {
    for (const rest of ['db.example.com/l', '203.0.113.9/l', 'db.example.com/l?sslmode=prefer'])
      for (const base of [PREVIEW, PRODUCTION]) {
        const problems = problemsOf({ ...base, [name]: at(rest) })
        expect(problems).toEqual([expect.stringContaining(`${name} leads out of this network`)])
        expect(problems[0]).not.toContain('hunter2')
      }
  })

  it.each([
    ...['db.example.com/l?sslmode=require', 'db.example.com/l?sslmode=verify-full'],
    ...['db.example.com/l?sslmode=disable', 'db.example.com/l?ssl=true'],
    ...[
      '127.0.0.1/l',
      'localhost/l',
      '[::1]/l',
      'db/l',
      '10.1.2.3/l',
      '[fd12::1]/l',
      'db.internal/l',
    ],
  ])('may be %s', (rest) => {
    expect(problemsOf({ ...PRODUCTION, DATABASE_URL: at(rest) })).toEqual([])
  })
})

test('certificates are checked wherever others come', () => {
  const off = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  expect(problemsOf({ ...PRODUCTION, ...off })).toEqual([
    expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED is 0'),
  ])
  expect(problemsOf({ ...GOOD, ...off })).toEqual([])
})

describe('a secret', () => {
  const EASY = [
    'a'.repeat(32),
    'ab'.repeat(16),
    'hunter2-'.repeat(5),
    'supersafesupersafesupersafesupersafe12',
    '12345678901234567890123456789012',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    '0123456789abcdef0123456789abcdef',
  ]
  it.each(EASY)('that is easy to guess stops the start everywhere: %s', (easy) => {
    for (const name of ['AUTH_SECRET', 'CRON_SECRET', 'AUDIT_SECRET'])
      expect(problemsOf({ ...GOOD, [name]: easy })).toEqual([
        expect.stringContaining(`${name} can be guessed.`),
      ])
  })

  it('is no better behind a good one', () => {
    const AUDIT_SECRET = `${GOOD.AUTH_SECRET},${'b'.repeat(32)}`
    expect(problemsOf({ ...GOOD, AUDIT_SECRET })).toHaveLength(1)
  })

  it.each(['this-is-a-very-secret-value-of-the-app', 'production password number 1 of 2'])(
    'of words is refused where others come: %s',
    (AUTH_SECRET) => {
      expect(problemsOf({ ...GOOD, AUTH_SECRET })).toEqual([])
      expect(problemsOf({ ...PRODUCTION, AUTH_SECRET })).toEqual([
        'AUTH_SECRET is made of words. Make one with `openssl rand -base64 33`.',
      ])
    },
  )

  it('of a webhook comes from Stripe where others come', () => {
    const STRIPE_WEBHOOK_SECRET = `whsec_${'a'.repeat(32)}`
    expect(problemsOf({ ...PRODUCTION, STRIPE_WEBHOOK_SECRET })).toEqual([
      expect.stringContaining('STRIPE_WEBHOOK_SECRET can be guessed.'),
    ])
  })

  it('that is sent about is not one that must stay here', () => {
    const CRON_SECRET = GOOD.AUTH_SECRET
    expect(problemsOf({ ...GOOD, CRON_SECRET })).toEqual([
      expect.stringContaining('CRON_SECRET and AUTH_SECRET are the same'),
    ])
    const AUDIT_SECRET = 'pZ8v2Qm9Kx4Tt7Yc1Rw6Hd3Nf5Jb0LsGuEoAi'
    expect(problemsOf({ ...GOOD, CRON_SECRET: AUDIT_SECRET, AUDIT_SECRET })).toHaveLength(1)
  })

  it('that was drawn at random may hold four x in a row, as placeholders do', () => {
    const AUTH_SECRET = 'pZ8v2Qm9KxxXxTt7Yc1Rw6Hd3Nf5Jb0LsGuEoAi'
    expect(problemsOf({ ...PRODUCTION, AUTH_SECRET })).toEqual([])
  })

  it('that was drawn is never called guessable', () => {
    for (let n = 0; n < (WITHOUT_SOAKS ? 200 : 2_000); n += 1) {
      const bytes = crypto.getRandomValues(Buffer.alloc(33))
      for (const AUTH_SECRET of [bytes.toString('base64'), bytes.toString('hex').slice(0, 32)])
        expect(problemsOf({ ...PRODUCTION, AUTH_SECRET })).toEqual([])
    }
  })
})

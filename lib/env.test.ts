import { describe, expect, it } from 'vitest'
import { parseEnv } from './env'
import { GOOD, HOOK, LIVE_KEY, PRODUCTION, problemsOf } from './env.fixture'

const OTHER_HOOK = 'whsec_99887766554433221100aabbccddeeff'

describe('a good environment', () => {
  it('needs nothing more than the eight variables that have no default', () => {
    const { appEnv, appUrl, directDatabaseUrl, stripe, auth, email, cronSecret } = parseEnv(GOOD)
    expect({ appEnv, appUrl, cronSecret }).toEqual({
      appEnv: 'development',
      appUrl: 'http://localhost:3000',
      cronSecret: null,
    })
    expect(directDatabaseUrl).toBe(GOOD.DATABASE_URL)
    expect(stripe).toMatchObject({ apiBase: null, livemode: false, publishableKey: null })
    expect(auth).toMatchObject({ github: null, google: null })
    expect(email.server).toBeNull()
  })

  it('seals the audit trail with AUTH_SECRET, or with the first of its own secrets', () => {
    const [one, two] = [
      'pZ8v2Qm9Kx4Tt7Yc1Rw6Hd3Nf5Jb0LsGuEoAi',
      'k3W9x1Vb7Zq5Mn8Pc2Lf6Jt4Rh0Yd5Gs1UeOa',
    ]
    expect(parseEnv(GOOD).auditSecrets).toEqual([GOOD.AUTH_SECRET])
    expect(parseEnv({ ...GOOD, AUDIT_SECRET: `${one}, ${two}` }).auditSecrets).toEqual([one, two])
    expect(problemsOf({ ...GOOD, AUDIT_SECRET: `${one},short` })[0]).toContain('AUDIT_SECRET')
    expect(problemsOf({ ...GOOD, AUDIT_SECRET: '' })[0]).toContain('AUDIT_SECRET is set but empty')
  })

  it('names a key of actions that Next could not use', () => {
    const of = (bytes: number) =>
      Buffer.from(Array.from({ length: bytes }, (_, n) => (n * 89 + 41) % 251)).toString('base64')
    const problems = (NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: string) =>
      problemsOf({ ...GOOD, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY })
    for (const bytes of [16, 24, 32]) expect(problems(of(bytes))).toEqual([])
    for (const wrong of [of(33), of(8), 'your-generated-key', `${'A'.repeat(43)}=`])
      expect(problems(wrong)[0]).toContain('openssl rand -base64 32')
  })

  it('may have a live key in production', () => {
    expect(parseEnv(PRODUCTION).stripe.livemode).toBe(true)
  })

  it('may be production with a test key, to rehearse', () => {
    expect(problemsOf({ ...PRODUCTION, STRIPE_SECRET_KEY: GOOD.STRIPE_SECRET_KEY })).toEqual([])
  })

  it.each([
    [HOOK, [HOOK]],
    [`${HOOK},${OTHER_HOOK}`, [HOOK, OTHER_HOOK]],
    [`${HOOK} , ${OTHER_HOOK}`, [HOOK, OTHER_HOOK]],
  ])('takes several webhook secrets while one is being rotated: %s', (given, secrets) => {
    const { stripe } = parseEnv({ ...GOOD, STRIPE_WEBHOOK_SECRET: given })
    expect(stripe.webhookSecrets).toEqual(secrets)
  })

  it('knows its operators by address, however they are written', () => {
    const { adminEmails } = parseEnv({
      ...GOOD,
      ADMIN_EMAILS: ' Ada@Example.com, ,bob@example.com',
    })
    expect(adminEmails).toEqual(['ada@example.com', 'bob@example.com'])
  })

  it('reads a blank optional variable as one that is not there', () => {
    const blank = { STRIPE_API_BASE: '', EMAIL_SERVER: ' ', STRIPE_PRICE_PRO: '' }
    expect(problemsOf({ ...GOOD, ...blank })).toEqual([])
  })

  it('has a sign-in provider when both of its halves are given', () => {
    const pair = { AUTH_GITHUB_ID: 'Iv1.1', AUTH_GITHUB_SECRET: 'shh' }
    const { github } = parseEnv({ ...GOOD, ...pair }).auth
    expect(github).toEqual({ clientId: 'Iv1.1', clientSecret: 'shh' })
  })
})

describe('the mail server', () => {
  it.each([
    'smtps://user:password@smtp.example.com:465',
    'smtps://smtp.example.com',
    'smtp://localhost:1025',
    'smtp://127.0.0.1:1025',
    'smtp://[::1]:1025',
  ])('may be %s', (server) => {
    expect(parseEnv({ ...GOOD, EMAIL_SERVER: server }).email.server).toBe(server)
  })
})

describe('which environment it is', () => {
  it.each([
    ['what was said', { APP_ENV: 'test', VERCEL_ENV: 'preview', NODE_ENV: 'production' }, 'test'],
    ['else what Vercel says', { VERCEL_ENV: 'preview', NODE_ENV: 'production' }, 'preview'],
    ['else what Node says', { NODE_ENV: 'test' }, 'test'],
    ['else development', {}, 'development'],
  ])('is %s', (_, given, appEnv) => {
    expect(parseEnv({ ...GOOD, APP_ENV: undefined, ...given }).appEnv).toBe(appEnv)
  })

  it.each([
    ['production', 'ledgerline.com'],
    ['preview', 'ledgerline-git-x.vercel.app'],
  ])('on Vercel in %s, the address is the deployment’s own unless one is given', (stage, host) => {
    const vercel = {
      VERCEL_ENV: stage,
      VERCEL_URL: 'ledgerline-git-x.vercel.app',
      VERCEL_PROJECT_PRODUCTION_URL: 'ledgerline.com',
    }
    const deployed = { ...GOOD, ...vercel, APP_ENV: undefined, APP_URL: undefined }
    expect(parseEnv(deployed).appUrl).toBe(`https://${host}`)
    expect(parseEnv({ ...deployed, APP_URL: 'https://own.example' }).appUrl).toBe(
      'https://own.example',
    )
  })

  it.each([
    ['development', 'http://127.0.0.1:12111', true],
    ['test', 'http://127.0.0.1:12111', true],
    ['development', undefined, false],
  ])('in %s with Stripe at %s, development pages exist: %s', (appEnv, base, devTools) => {
    expect(parseEnv({ ...GOOD, APP_ENV: appEnv, STRIPE_API_BASE: base }).devTools).toBe(devTools)
  })
})

describe('a bad environment', () => {
  it('is reported whole, with what to do about each problem', () => {
    const problems = problemsOf({
      APP_ENV: 'production',
      APP_URL: 'http://app.example.com',
      STRIPE_SECRET_KEY: LIVE_KEY,
      STRIPE_API_BASE: 'http://127.0.0.1:12111',
      STRIPE_WEBHOOK_SECRET: '',
      AUTH_SECRET: 'your-secret-goes-here-your-secret-goes-here',
      AUTH_GOOGLE_ID: 'only half',
    })
    expect(problems.toSorted()).toEqual([
      'APP_URL must start with https:// in production.',
      'AUTH_GOOGLE_ID and AUTH_GOOGLE_SECRET go together: set both or neither.',
      'AUTH_SECRET is a placeholder. Make one with `openssl rand -base64 33`.',
      'DATABASE_URL is missing or not a URL. Give a Postgres URL, or use `npm run dev`, which brings one.',
      'STRIPE_API_BASE is set in production, where plans must be paid for at Stripe. Remove it.',
      'STRIPE_SECRET_KEY is a live key and STRIPE_API_BASE points at a sandbox: a live key must never leave for another host. Remove one.',
      'STRIPE_WEBHOOK_SECRET is set but empty. Remove it or give it its value.',
      'UPSTASH_REDIS_REST_TOKEN is missing. Give the REST token of the Upstash database.',
      'UPSTASH_REDIS_REST_URL is missing or not a URL. Give the REST URL of the Upstash database.',
    ])
  })

  it.each([
    ...['APP_URL', 'DATABASE_URL', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'AUTH_SECRET'],
    ...['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ])('misses %s', (name) => {
    expect(problemsOf({ ...GOOD, [name]: undefined })).toEqual([
      expect.stringContaining(`${name} is missing`),
    ])
  })

  it.each(['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'AUTH_SECRET', 'CRON_SECRET'])(
    'has an empty %s, with which an attacker could sign, and reports it once',
    (name) => {
      const problem = `${name} is set but empty. Remove it or give it its value.`
      expect(problemsOf({ ...GOOD, [name]: '' })).toEqual([problem])
      expect(problemsOf({ ...GOOD, [name]: ' \n' })).toEqual([problem])
    },
  )

  it.each([
    ['STRIPE_SECRET_KEY', 'sk_test_xxxxxxxxxxxx'],
    ['STRIPE_SECRET_KEY', 'sk_test_your_key'],
    ['STRIPE_SECRET_KEY', 'sk_test_placeholder'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_xxxxxxxxxxxxxxxxxxxx'],
    ['AUTH_SECRET', '<output of openssl rand -base64 33>'],
    ['CRON_SECRET', 'your-cron-secret-of-32-characters'],
  ])('has a %s that was never filled in: %s', (name, value) => {
    expect(problemsOf({ ...GOOD, [name]: value })).toEqual([
      expect.stringContaining(`${name} is a placeholder.`),
    ])
  })

  it.each([
    ['STRIPE_SECRET_KEY', 'pk_test_51LedgerlineLedgerline'],
    ['STRIPE_WEBHOOK_SECRET', 'hunter2hunter2hunter2'],
    ['STRIPE_WEBHOOK_SECRET', `${HOOK},`],
    ['AUTH_SECRET', 'short'],
    ['CRON_SECRET', 'short'],
    ['NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY', 'sk_test_51LedgerlineLedgerline'],
    // What it was called once, which Stripe takes no more.
    ['STRIPE_CHECKOUT_UI', 'embedded'],
    ['STRIPE_PRICE_PRO', 'prod_1'],
    ['STRIPE_PRICE_STUDIO_YEARLY', 'price_'],
    ['STRIPE_READS_PER_SECOND', '0'],
    ['STRIPE_READS_PER_SECOND', 'many'],
    ['APP_ENV', 'staging'],
    ['APP_URL', 'localhost:3000'],
    ['APP_URL', 'app.example.com'],
    ['DATABASE_URL', 'https://db.example.com'],
    ['STRIPE_API_BASE', 'localhost:12111'],
    ['EMAIL_SERVER', 'mail.example.com:587'],
  ])('has a %s that is of another kind: %s', (name, value) => {
    expect(problemsOf({ ...GOOD, [name]: value })).toEqual([expect.stringContaining(name)])
  })

  it.each([
    'smtp://user:hunter2@smtp.example.com:587',
    'smtp://smtp.example.com',
    'smtp://10.0.0.5:25',
    'smtp://localhost.example.com',
  ])('has mail leave this machine unprotected: %s', (server) => {
    expect(problemsOf({ ...GOOD, EMAIL_SERVER: server })).toEqual([
      'EMAIL_SERVER is plain smtp:// to another machine: sign-in links and the password could be read on the way. Give smtps://user:password@host:465.',
    ])
  })

  it.each(['development', 'test', 'preview'])('has a live key in %s', (appEnv) => {
    expect(problemsOf({ ...PRODUCTION, APP_ENV: appEnv })).toEqual([
      `STRIPE_SECRET_KEY is a live key and APP_ENV is ${appEnv}. Use a test key here; live keys belong to production.`,
    ])
  })

  it('has a restricted live key outside of production, which is no less live', () => {
    expect(problemsOf({ ...GOOD, STRIPE_SECRET_KEY: LIVE_KEY.replace('sk', 'rk') })).toHaveLength(1)
  })

  it('is never shown with its secrets', () => {
    const secrets = {
      STRIPE_SECRET_KEY: 'sk_live_hunter2',
      AUTH_SECRET: 'hunter2',
      STRIPE_API_BASE: 'hunter2',
    }
    expect(problemsOf({ ...GOOD, ...secrets }).join('\n')).not.toContain('hunter2')
  })
})

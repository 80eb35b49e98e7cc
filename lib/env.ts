import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { contradictions, isLive } from './env-contradictions'

/**
 * The environment, parsed once. This is the only file of the application that reads
 * `process.env`; `.env.example` explains every variable. `instrumentation.ts` calls it
 * at boot, so a bad environment stops the server with every problem listed at once.
 * @throws {EnvironmentError}
 */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}

let parsed: Env | undefined

/** Everything that is wrong, one line each, with what to do about it. */
export class EnvironmentError extends Error {
  constructor(readonly problems: string[]) {
    super(`The environment is not usable:\n${problems.map((line) => `  - ${line}`).join('\n')}`)
    this.name = 'EnvironmentError'
  }
}

/** Reads and checks a set of variables; pure, so that tests can show each sentence. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const blank = SECRETS.filter((name) => source[name] !== undefined && !given[name])
  const variables = { ...given, APP_URL: given.APP_URL ?? vercelUrl(given) }
  const appEnv = appEnvOf(given)
  const result = Variables.safeParse(variables)
  const named = (result.error?.issues ?? []).filter(({ path }) => !blank.includes(String(path[0])))
  const problems = [
    ...blank.map((name) => `${name} is set but empty. Remove it or give it its value.`),
    ...named.map(({ message }) => message),
    ...contradictions(variables, appEnv),
  ]
  if (!result.success || problems.length > 0) throw new EnvironmentError(problems)
  return shape(result.data, appEnv)
}

export type Env = ReturnType<typeof shape>
export type AppEnv = z.infer<typeof AppEnv>

const AppEnv = z.enum(['development', 'test', 'preview', 'production'], {
  error: 'APP_ENV must be development, test, preview or production.',
})

// An empty one of these is worse than a missing one: everybody can sign with an empty key.
const SECRETS = [
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'AUTH_SECRET',
  'CRON_SECRET',
  'AUDIT_SECRET',
]

const PLACEHOLDER =
  /(^|_)(undefined|null|changeme|placeholder|secret|todo)$|x{4,}|\.{3}|<.*>|your[-_]/i

// The scheme is asked for, because `localhost:3000` is a URL, too: one of scheme `localhost`.
const url = (name: string, protocol: RegExp, fix: string) =>
  z.url({ protocol, error: `${name} is missing or not a URL. ${fix}` })

const HTTP = /^https?$/
const POSTGRES = /^postgres(ql)?$/

const secret = (name: string, pattern: RegExp, fix: string) =>
  z
    .string({ error: `${name} is missing. ${fix}` })
    .regex(pattern, { error: `${name} does not look right. ${fix}` })
    .refine((value) => !PLACEHOLDER.test(value), { error: `${name} is a placeholder. ${fix}` })

const Variables = z.object({
  APP_ENV: AppEnv.optional(),
  APP_URL: url('APP_URL', HTTP, 'Give the public address, such as https://app.example.com.'),
  DATABASE_URL: url(
    'DATABASE_URL',
    POSTGRES,
    'Give a Postgres URL, or use `npm run dev`, which brings one.',
  ),
  DIRECT_DATABASE_URL: url(
    'DIRECT_DATABASE_URL',
    POSTGRES,
    'Give a Postgres URL or remove it.',
  ).optional(),
  STRIPE_API_BASE: url(
    'STRIPE_API_BASE',
    HTTP,
    'Give http://host:port of a sandbox or remove it.',
  ).optional(),
  STRIPE_SECRET_KEY: secret(
    'STRIPE_SECRET_KEY',
    /^(sk|rk)_(test|live)_\w{4,}$/,
    'Give the sk_… or rk_… key from dashboard.stripe.com/apikeys.',
  ),
  STRIPE_WEBHOOK_SECRET: secret(
    'STRIPE_WEBHOOK_SECRET',
    /^whsec_[\w+/=-]{16,}(\s*,\s*whsec_[\w+/=-]{16,})*$/,
    'Give the whsec_… of the webhook endpoint (two, comma-separated, while rotating).',
  ),
  NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_\w+$/, {
      error: 'NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY must start with pk_test_ or pk_live_.',
    })
    .optional(),
  STRIPE_PRICE_PRO: priceVariable('STRIPE_PRICE_PRO'),
  STRIPE_PRICE_PRO_YEARLY: priceVariable('STRIPE_PRICE_PRO_YEARLY'),
  STRIPE_PRICE_STUDIO: priceVariable('STRIPE_PRICE_STUDIO'),
  STRIPE_PRICE_STUDIO_YEARLY: priceVariable('STRIPE_PRICE_STUDIO_YEARLY'),
  STRIPE_READS_PER_SECOND: z.coerce
    .number({ error: 'STRIPE_READS_PER_SECOND must be a whole number of at least 1.' })
    .int({ error: 'STRIPE_READS_PER_SECOND must be a whole number of at least 1.' })
    .min(1, { error: 'STRIPE_READS_PER_SECOND must be a whole number of at least 1.' })
    // Of the 25 that Stripe allows one endpoint in a second, ten are left to people at checkout.
    .default(15),
  UPSTASH_REDIS_REST_URL: url(
    'UPSTASH_REDIS_REST_URL',
    HTTP,
    'Give the REST URL of the Upstash database.',
  ),
  UPSTASH_REDIS_REST_TOKEN: z.string({
    error: 'UPSTASH_REDIS_REST_TOKEN is missing. Give the REST token of the Upstash database.',
  }),
  AUTH_SECRET: secret('AUTH_SECRET', /^.{32,}$/, 'Make one with `openssl rand -base64 33`.'),
  AUTH_GITHUB_ID: z.string().optional(),
  AUTH_GITHUB_SECRET: z.string().optional(),
  AUTH_GOOGLE_ID: z.string().optional(),
  AUTH_GOOGLE_SECRET: z.string().optional(),
  EMAIL_SERVER: url('EMAIL_SERVER', /^smtps?$/, 'Give smtps://user:password@host:465 or remove it.')
    .refine((value) => !isOpenMail(value), {
      error:
        'EMAIL_SERVER is plain smtp:// to another machine: sign-in links and the password could be read on the way. Give smtps://user:password@host:465.',
    })
    .optional(),
  EMAIL_FROM: z.string().default('Ledgerline <billing@ledgerline.test>'),
  CRON_SECRET: secret(
    'CRON_SECRET',
    /^.{32,}$/,
    'Make one with `openssl rand -base64 33`.',
  ).optional(),
  AUDIT_SECRET: secret(
    'AUDIT_SECRET',
    /^[^,\s]{32,}(\s*,\s*[^,\s]{32,})*$/,
    'Make one with `openssl rand -base64 33` (the earlier ones after it, comma-separated).',
  ).optional(),
  ADMIN_EMAILS: z.string().default(''),
})

type Variables = z.infer<typeof Variables>

function priceVariable(name: string) {
  return z
    .templateLiteral(['price_', z.string().min(1)], {
      error: `${name} must be a price_… id, or be removed.`,
    })
    .optional()
}

// STARTTLS does not count: our SMTP client checks no certificate after it.
function isOpenMail(server: string): boolean {
  if (!URL.canParse(server)) return false
  const { protocol, hostname } = new URL(server)
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname.toLowerCase())
  return protocol === 'smtp:' && !here
}

function appEnvOf(given: Record<string, string | undefined>): AppEnv {
  const guess = AppEnv.safeParse(given.APP_ENV ?? given.VERCEL_ENV ?? given.NODE_ENV)
  return guess.success ? guess.data : 'development'
}

// Vercel tells each deployment its own host; only there may APP_URL be left out.
function vercelUrl(given: Record<string, string | undefined>): string | undefined {
  const host =
    given.VERCEL_ENV === 'production' ? given.VERCEL_PROJECT_PRODUCTION_URL : given.VERCEL_URL
  return host ? `https://${host}` : undefined
}

function shape(v: Variables, appEnv: AppEnv) {
  return {
    appEnv,
    appUrl: new URL(v.APP_URL).origin,
    databaseUrl: v.DATABASE_URL,
    databaseFingerprint: fingerprint(v.DATABASE_URL),
    directDatabaseUrl: v.DIRECT_DATABASE_URL ?? v.DATABASE_URL,
    stripe: {
      apiBase: v.STRIPE_API_BASE ? new URL(v.STRIPE_API_BASE) : null,
      secretKey: v.STRIPE_SECRET_KEY,
      livemode: isLive(v.STRIPE_SECRET_KEY),
      webhookSecrets: v.STRIPE_WEBHOOK_SECRET.split(',').map((part) => part.trim()),
      publishableKey: v.NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY ?? null,
      prices: {
        pro: { month: v.STRIPE_PRICE_PRO, year: v.STRIPE_PRICE_PRO_YEARLY },
        studio: { month: v.STRIPE_PRICE_STUDIO, year: v.STRIPE_PRICE_STUDIO_YEARLY },
      },
      readsPerSecond: v.STRIPE_READS_PER_SECOND,
    },
    redis: { url: v.UPSTASH_REDIS_REST_URL, token: v.UPSTASH_REDIS_REST_TOKEN },
    auth: {
      secret: v.AUTH_SECRET,
      github: provider(v.AUTH_GITHUB_ID, v.AUTH_GITHUB_SECRET),
      google: provider(v.AUTH_GOOGLE_ID, v.AUTH_GOOGLE_SECRET),
    },
    email: { server: v.EMAIL_SERVER ?? null, from: v.EMAIL_FROM },
    cronSecret: v.CRON_SECRET ?? null,
    auditSecrets: auditSecrets(v),
    adminEmails: v.ADMIN_EMAILS.split(',')
      .map((mail) => mail.trim().toLowerCase())
      .filter(Boolean),
    /** Development pages and demo sign-in: only with a sandbox for Stripe, never in production. */
    showcase: v.STRIPE_API_BASE !== undefined && appEnv !== 'production',
  }
}

// The first seals, all of them check. AUTH_SECRET is no list: whatever it holds is one secret.
function auditSecrets({ AUDIT_SECRET, AUTH_SECRET }: Variables): [string, ...string[]] {
  const [first = AUTH_SECRET, ...earlier] = AUDIT_SECRET?.split(',').map((s) => s.trim()) ?? []
  return [first, ...earlier]
}

// Names the database in a Redis that several share; host, port and name, never the password.
function fingerprint(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl)
  return createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 12)
}

function provider(id: string | undefined, clientSecret: string | undefined) {
  return id && clientSecret ? { clientId: id, clientSecret } : null
}

import 'server-only'
import { z } from 'zod'
import { BRAND } from '@/lib/brand'
import { AppEnv } from './app-env'
import { underItsName, understand } from './env-aliases'
import { auditSecrets } from './env-audit-secrets'
import { contradictions } from './env-contradictions'
import { EnvironmentError } from './env-error'
import { fingerprint } from './env-fingerprint'
import { appEnvOf, type Given, isLive, isVercel, vercelUrl } from './env-given'
import { fixedPrices, priceProblems } from './env-prices'
import { parseProxies, proxiesOf } from './env-proxies'
import { inSchema } from './env-schema'
import { OTLP_HEADERS, telemetryOf } from './env-telemetry'
import {
  aesKey,
  atLeastOne,
  HTTP,
  listed,
  origin,
  POSTGRES,
  schema,
  secret,
  url,
} from './env-values'

/**
 * The environment, parsed once. This is the only file of the application that reads
 * `process.env`; `.env.example` explains every variable. `instrumentation.ts` calls it
 * at boot, so a bad environment stops the server with every problem listed at once; what is only
 * missing in a fresh deployment leads to `/setup`.
 * @throws {EnvironmentError}
 */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}

let parsed: Env | undefined

/** The variables of this process as they were given, for the doctor alone; everything else asks `env()`. */
export function givenVariables(): Given {
  return process.env
}

/** Reads and checks a set of variables; pure, so that tests can show each sentence. */
export function parseEnv(source: Given): Env {
  const named = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const { variables: given, from, remarks } = understand(named)
  const blank = SECRETS.filter((name) => source[name] !== undefined && !given[name])
  const variables: Given = { ...given, APP_URL: given.APP_URL ?? vercelUrl(given) }
  const appEnv = appEnvOf(given)
  const result = Variables.safeParse(variables)
  const issues = (result.error?.issues ?? []).filter(({ path }) => !blank.includes(String(path[0])))
  const problems = [
    ...blank.map((name) => `${name} is set but empty. Remove it or give it its value.`),
    ...issues.map(({ message }) => message),
    ...priceProblems(given),
    ...contradictions(variables, appEnv),
  ]
  if (!result.success || problems.length > 0) {
    const unset = issues.filter(({ path }) => variables[String(path[0])] === undefined)
    throw new EnvironmentError(
      problems.map((problem) => underItsName(problem, from)),
      unset.length === problems.length,
    )
  }
  return { ...shape(result.data, appEnv, given), nameRemarks: remarks }
}

export type Env = ReturnType<typeof shape> & {
  /** Two names of one variable that say different things. */
  nameRemarks: string[]
}

// Stripe's names for Checkout on its own page, and within one of ours.
const CHECKOUT_UIS = ['hosted_page', 'embedded_page'] as const

export type CheckoutUi = (typeof CHECKOUT_UIS)[number]

// An empty one of these is worse than a missing one: any attacker can sign with an empty key.
const SECRETS = [
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'AUTH_SECRET',
  'CRON_SECRET',
  'AUDIT_SECRET',
  'METRICS_TOKEN',
]

const MAKE_ONE = 'Make one with `openssl rand -base64 33`.'

const Variables = z.object({
  APP_ENV: AppEnv.optional(),
  APP_URL: origin('APP_URL', 'Give the public address, such as https://app.example.com.'),
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
  DATABASE_SCHEMA: schema('DATABASE_SCHEMA').optional(),
  STRIPE_API_BASE: origin(
    'STRIPE_API_BASE',
    'Give http://host:port of a sandbox or remove it.',
  ).optional(),
  STRIPE_SECRET_KEY: secret(
    'STRIPE_SECRET_KEY',
    /^((sk|rk)_(test|live)|rkcs_test)_\w{4,}$/,
    'Give the sk_… or rk_… key from dashboard.stripe.com/apikeys.',
  ),
  STRIPE_WEBHOOK_SECRET: secret(
    'STRIPE_WEBHOOK_SECRET',
    /^whsec_[\w+/=-]{16,}(\s*,\s*whsec_[\w+/=-]{16,})*$/,
    'Give the whsec_… of the webhook endpoint (two, comma-separated, while rotating).',
  ),
  NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY: secret(
    'NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY',
    /^pk_(test|live)_\w+$/,
    'Give the pk_… key from dashboard.stripe.com/apikeys or remove it.',
  ).optional(),
  STRIPE_CHECKOUT_UI: z
    .enum(CHECKOUT_UIS, {
      error: 'STRIPE_CHECKOUT_UI must be hosted_page or embedded_page. Correct it or remove it.',
    })
    .default('hosted_page'),
  STRIPE_READS_PER_SECOND: atLeastOne('STRIPE_READS_PER_SECOND')
    // Of the 25 that Stripe allows one endpoint in a second, ten are left to people at checkout.
    .default(15),
  UPSTASH_REDIS_REST_URL: url(
    'UPSTASH_REDIS_REST_URL',
    HTTP,
    'Give the REST URL of the Upstash database.',
    // `fetch` refuses it, and every answer would be a miss.
  ).refine((value) => !/\/\/[^/]*@/.test(value), {
    error:
      'UPSTASH_REDIS_REST_URL holds a user name. Give the URL alone, and the token as UPSTASH_REDIS_REST_TOKEN.',
  }),
  UPSTASH_REDIS_REST_TOKEN: secret(
    'UPSTASH_REDIS_REST_TOKEN',
    /^\S+$/,
    'Give the REST token of the Upstash database.',
  ),
  AUTH_SECRET: secret('AUTH_SECRET', /^.{32,}$/, MAKE_ONE, (value) => [value]),
  // Next reads it itself, and when it builds: here it is looked at, so that a wrong one is found.
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: aesKey('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY').optional(),
  AUTH_GITHUB_ID: z.string().optional(),
  AUTH_GITHUB_SECRET: secret('AUTH_GITHUB_SECRET', /^\S+$/, 'Give the client secret.').optional(),
  AUTH_GOOGLE_ID: z.string().optional(),
  AUTH_GOOGLE_SECRET: secret('AUTH_GOOGLE_SECRET', /^\S+$/, 'Give the client secret.').optional(),
  EMAIL_SERVER: url(
    'EMAIL_SERVER',
    /^smtps?$/,
    'Give smtps://user:password@host:465 or remove it.',
  ).optional(),
  EMAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, {
      error: `EMAIL_FROM must be one address, such as ${BRAND.name} <billing@example.com>.`,
    })
    .default(BRAND.sender),
  // What a header can carry: the scheduler sends it as one.
  CRON_SECRET: secret('CRON_SECRET', /^[\x21-\x7e]{32,}$/, MAKE_ONE, (value) => [value]).optional(),
  METRICS_TOKEN: secret('METRICS_TOKEN', /^[\x21-\x7e]{24,}$/, MAKE_ONE, (value) => [
    value,
  ]).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    HTTP,
    'Give the address of a collector that speaks OTLP over HTTP, or remove it.',
  ).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: secret(
    'OTEL_EXPORTER_OTLP_HEADERS',
    OTLP_HEADERS,
    'Give name=value, separated by commas, or remove it.',
  ).optional(),
  AUDIT_SECRET: secret(
    'AUDIT_SECRET',
    /^[^,\s]{32,}(\s*,\s*[^,\s]{32,})*$/,
    'Make one with `openssl rand -base64 33` (the earlier ones after it, comma-separated).',
    listed,
  ).optional(),
  ADMIN_EMAILS: z
    .string()
    .refine((value) => listed(value).every((part) => /^([^\s@;]+@[^\s@;]+)?$/.test(part)), {
      error: 'ADMIN_EMAILS must be addresses, separated by commas.',
    })
    .default(''),
  TRUSTED_PROXIES: z
    .string()
    .refine((value) => parseProxies(value) !== null, {
      error:
        'TRUSTED_PROXIES must say how many proxies stand before this server, such as 1, or name them, such as 10.0.0.0/8,2001:db8::/32; a host name, or a network of all addresses, is refused.',
    })
    .optional(),
})

type Variables = z.infer<typeof Variables>

function shape(v: Variables, appEnv: AppEnv, given: Given) {
  const databaseUrl = inSchema(v.DATABASE_URL, v.DATABASE_SCHEMA)
  return {
    appEnv,
    appUrl: new URL(v.APP_URL).origin,
    databaseUrl,
    databaseFingerprint: fingerprint(databaseUrl),
    directDatabaseUrl: inSchema(v.DIRECT_DATABASE_URL ?? v.DATABASE_URL, v.DATABASE_SCHEMA),
    stripe: {
      apiBase: v.STRIPE_API_BASE ? new URL(v.STRIPE_API_BASE) : null,
      secretKey: v.STRIPE_SECRET_KEY,
      livemode: isLive(v.STRIPE_SECRET_KEY),
      webhookSecrets: listed(v.STRIPE_WEBHOOK_SECRET),
      publishableKey: v.NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY ?? null,
      /** Where plans are paid for, as it was asked for; `lib/checkout/ui.ts` says where they are. */
      checkoutUi: v.STRIPE_CHECKOUT_UI,
      prices: fixedPrices(given),
      readsPerSecond: v.STRIPE_READS_PER_SECOND,
    },
    redis: {
      url: v.UPSTASH_REDIS_REST_URL,
      token: v.UPSTASH_REDIS_REST_TOKEN,
      /** Under which every key stands: several databases may share one Redis. */
      namespace: fingerprint(databaseUrl),
    },
    auth: {
      secret: v.AUTH_SECRET,
      github: provider(v.AUTH_GITHUB_ID, v.AUTH_GITHUB_SECRET),
      google: provider(v.AUTH_GOOGLE_ID, v.AUTH_GOOGLE_SECRET),
    },
    email: { server: v.EMAIL_SERVER ?? null, from: v.EMAIL_FROM },
    cronSecret: v.CRON_SECRET ?? null,
    metricsToken: v.METRICS_TOKEN ?? null,
    telemetry: telemetryOf(v.OTEL_EXPORTER_OTLP_ENDPOINT, v.OTEL_EXPORTER_OTLP_HEADERS),
    auditSecrets: auditSecrets(v),
    adminEmails: listed(v.ADMIN_EMAILS.toLowerCase()).filter(Boolean),
    /** Which proxies to trust for the address of a request; without the variable, only our own socket. */
    proxies: proxiesOf(v.TRUSTED_PROXIES, isVercel(given)),
    /** Development pages and demo sign-in: only with a sandbox for Stripe, never in production. */
    devTools: v.STRIPE_API_BASE !== undefined && appEnv !== 'production',
  }
}

function provider(id: string | undefined, clientSecret: string | undefined) {
  return id && clientSecret ? { clientId: id, clientSecret } : null
}

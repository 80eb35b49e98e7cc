import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inSchema } from '@/lib/env-schema'
import { DATABASE_VARIABLES, refuseLiveRecords } from '@/scripts/migrations/live-records'
import { developApp, localUrlOf } from '@/scripts/stack/app'
import { banner } from '@/scripts/stack/banner'
import { keepEnvironment } from '@/scripts/stack/environment-file'
import { given } from '@/scripts/stack/given'
import { nameGiven } from '@/scripts/stack/load-env'
import { migrateDatabase } from '@/scripts/stack/migrate'
import { dataPath, ROOT } from '@/scripts/stack/paths'
import { choosePort } from '@/scripts/stack/ports'
import { pushCatalog, seedDemo } from '@/scripts/stack/prepare'
import { givenOr, keptSecrets } from '@/scripts/stack/secrets'
import type { Stack } from '@/scripts/stack/stack'
import { addressRemark, hostRemark } from './host-remarks'
import { databasePart, redisPart, stripePart } from './parts'
import { movedRemark, signInRemark } from './remarks'

export type Running = {
  app: Awaited<ReturnType<typeof developApp>>
  banner: string
  /** Where the app answers on this machine, whatever APP_URL says. */
  localUrl: string
  cronSecret: string
  /** Brings the catalog to the local Stripe; null where Stripe is a real one. */
  pushCatalog: (() => Promise<void>) | null
}

/** Brings everything up: services beside each other, then their contents, then the app. */
export async function bringUp(
  stack: Stack,
  began: number,
  options: { host?: string },
): Promise<Running> {
  const appEnv = given('APP_ENV') ?? 'development'
  await refuseLiveRecords(appEnv, DATABASE_VARIABLES)
  const port = await choosePort('PORT', APP_PORT)
  const localUrl = localUrlOf(port, options.host)
  const appUrl = given('APP_URL') ?? localUrl
  const secrets = givenOr(keptSecrets(dataPath('secrets.json')))
  const [database, redis, stripe] = await Promise.all([
    stack.bring(databasePart),
    stack.bring(redisPart),
    stack.bring(() => stripePart(secrets.STRIPE_WEBHOOK_SECRET)),
  ])
  const env = {
    ...process.env,
    ...secrets,
    ...database.env,
    ...redis.env,
    ...stripe.env,
    PORT: String(port),
    APP_URL: appUrl,
    APP_ENV: appEnv,
    NEXT_TELEMETRY_DISABLED: '1',
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
  }
  await Promise.all([fillDatabase(env), stripe.sandboxUrl ? pushCatalog(env, localUrl) : undefined])
  keepEnvironment(env)
  const app = await stack.bring(() => developApp({ port, env, ...options }))
  // After the app, so that what the demo buys reaches it by webhook as well.
  if (stripe.sandboxUrl) await seedDemo(env)
  const remarks = [
    ...movedRemark('app', port, APP_PORT),
    ...stripe.remarks,
    ...signInRemark(stripe.sandboxUrl),
    ...hostRemark(options.host, stripe.sandboxUrl),
    ...addressRemark(options.host),
    ...(app.status < 400 ? [] : [`The pricing page answers ${app.status}: the reason is below.`]),
  ]
  const facts = { version: version(), seconds: (performance.now() - began) / 1_000, remarks }
  const { sandboxUrl } = stripe
  return {
    app,
    banner: banner({ ...facts, parts: [database, redis, stripe], appUrl, sandboxUrl }),
    localUrl,
    cronSecret: secrets.CRON_SECRET,
    pushCatalog: sandboxUrl ? () => pushCatalog(env, localUrl) : null,
  }
}

const APP_PORT = 3_000

async function fillDatabase(env: Record<string, string | undefined>) {
  const variable = given('DIRECT_DATABASE_URL') ? 'DIRECT_DATABASE_URL' : 'DATABASE_URL'
  const url = inSchema(env[variable] ?? '', given('DATABASE_SCHEMA'))
  await migrateDatabase(url, nameGiven(variable))
}

function version(): string {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version
}

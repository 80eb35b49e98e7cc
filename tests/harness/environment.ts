import { rmSync } from 'node:fs'
import Stripe from 'stripe'
import { BLANK } from '@/scripts/e2e/blank'
import { migrateDatabase } from '@/scripts/stack/migrate'
import { dataPath } from '@/scripts/stack/paths'
import { freePort } from '@/scripts/stack/ports'
import { embedPostgres } from '@/scripts/stack/postgres'
import { pushCatalog } from '@/scripts/stack/prepare'
import { embedRedis } from '@/scripts/stack/redis'
import { embedSandbox } from '@/scripts/stack/sandbox'
import { newSecrets, type Secrets } from '@/scripts/stack/secrets'
import type { Stack } from '@/scripts/stack/stack'

/** Everything that an application needs around it, with empty data. */
export type Base = {
  name: string
  databaseUrl: string
  redisUrl: string
  stripeUrl: string
  /** Speaks to the sandbox directly, past every wire. */
  stripe: Stripe
  secrets: Secrets
  /** For an application that is reached at `appUrl`. */
  envFor(appUrl: string): NodeJS.ProcessEnv
}

/**
 * Brings up a database, a Redis and a sandbox with the catalog for one run; `name` names its
 * folder of throw-away data. Nothing of the developer's environment gets in. No webhook endpoint
 * stands in the sandbox: a run delivers its events itself, to decide when.
 */
export async function bringUpBase(stack: Stack, name: string): Promise<Base> {
  rmSync(dataPath(name), { recursive: true, force: true })
  const at = (...parts: string[]) => dataPath(name, ...parts)
  const secrets = newSecrets()
  const port = await freePort(0)
  const [database, redis, sandbox] = await Promise.all([
    stack.bring(() => embedPostgres({ dir: at('postgres'), port: 0, durable: false })),
    stack.bring(() => embedRedis({ port: 0, log: at('redis.log') })),
    stack.bring(() =>
      embedSandbox({
        port,
        dir: at('sandbox'),
        webhookSecret: secrets.STRIPE_WEBHOOK_SECRET,
        log: at('sandbox.log'),
      }),
    ),
  ])
  const envFor = (appUrl: string): NodeJS.ProcessEnv => ({
    ...process.env,
    ...BLANK,
    ...secrets,
    ...database.env,
    ...redis.env,
    ...sandbox.env,
    APP_URL: appUrl,
    APP_ENV: 'test',
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // The governor is another test's business: here it would only make the run long.
    STRIPE_READS_PER_SECOND: '10000',
  })
  const stripe = new Stripe('sk_test_ledgerline_proof', {
    ...{ host: '127.0.0.1', port, protocol: 'http' },
    telemetry: false,
    maxNetworkRetries: 0,
  })
  const pushed = pushCatalog(envFor('http://localhost:9'), 'http://localhost:9').then(() =>
    removeEndpoints(stripe),
  )
  await Promise.all([migrateDatabase(database.url), pushed])
  const redisUrl = `${redis.env.UPSTASH_REDIS_REST_URL}`
  return {
    ...{ name, stripe, secrets, envFor, redisUrl },
    ...{ databaseUrl: database.url, stripeUrl: sandbox.url },
  }
}

async function removeEndpoints(stripe: Stripe): Promise<void> {
  for (const { id } of (await stripe.webhookEndpoints.list()).data) {
    await stripe.webhookEndpoints.del(id)
  }
}

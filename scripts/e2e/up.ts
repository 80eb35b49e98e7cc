import { rmSync } from 'node:fs'
import { serveApp } from '@/scripts/stack/app'
import { migrateDatabase } from '@/scripts/stack/migrate'
import { dataPath } from '@/scripts/stack/paths'
import { freePort } from '@/scripts/stack/ports'
import { embedPostgres } from '@/scripts/stack/postgres'
import { pushCatalog, seedDemo } from '@/scripts/stack/prepare'
import { embedRedis } from '@/scripts/stack/redis'
import { embedSandbox } from '@/scripts/stack/sandbox'
import { newSecrets } from '@/scripts/stack/secrets'
import type { Stack } from '@/scripts/stack/stack'
import { BLANK } from './blank'

/** Where the app of an end-to-end run says what it does. */
export const APP_LOG = dataPath('e2e', 'app.log')

/**
 * Brings up a throw-away stack around the production build: its own ports, empty data, nothing
 * from the developer's environment.
 * @returns the environment for the tests
 */
export async function bringUp(stack: Stack): Promise<NodeJS.ProcessEnv> {
  rmSync(dataPath('e2e'), { recursive: true, force: true })
  const secrets = newSecrets()
  const webhookSecret = secrets.STRIPE_WEBHOOK_SECRET
  const at = (...parts: string[]) => dataPath('e2e', ...parts)
  const [port, sandboxPort] = [await freePort(0), await freePort(0)]
  const [database, redis, sandbox] = await Promise.all([
    stack.bring(() => embedPostgres({ dir: at('postgres'), port: 0, durable: false })),
    stack.bring(() => embedRedis({ port: 0, log: at('redis.log') })),
    stack.bring(() =>
      embedSandbox({
        port: sandboxPort,
        dir: at('sandbox'),
        webhookSecret,
        log: at('sandbox.log'),
      }),
    ),
  ])
  const appUrl = `http://localhost:${port}`
  const env = {
    ...process.env,
    ...BLANK,
    ...secrets,
    ...database.env,
    ...redis.env,
    ...sandbox.env,
    PORT: String(port),
    APP_URL: appUrl,
    APP_ENV: 'test',
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
  }
  await Promise.all([migrateDatabase(database.url), pushCatalog(env, appUrl)])
  await stack.bring(() => serveApp({ port, env, log: APP_LOG }))
  await seedDemo(env)
  return { ...env, BASE_URL: appUrl, SANDBOX_URL: sandbox.url }
}

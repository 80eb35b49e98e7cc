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

/**
 * Brings up a throw-away stack around the production build: its own ports, empty data, nothing
 * from the developer's environment.
 * @param name its folder among those of the run
 * @returns the variables by which stories find it; `E2E_APP_LOG` is where its app says what it does
 */
export async function bringUp(stack: Stack, name: string): Promise<Record<string, string>> {
  const secrets = newSecrets()
  const webhookSecret = secrets.STRIPE_WEBHOOK_SECRET
  const at = (...parts: string[]) => dataPath('e2e', name, ...parts)
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
  const own = {
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
  const env = { ...process.env, ...own }
  await Promise.all([migrateDatabase(database.url), pushCatalog(env, appUrl)])
  const log = at('app.log')
  await stack.bring(() => serveApp({ port, env, log }))
  await seedDemo(env, { plain: true })
  return { ...own, BASE_URL: appUrl, SANDBOX_URL: sandbox.url, E2E_APP_LOG: log }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import postgres from 'postgres'
import { disconnect } from '@/db/client'
import { applyPush } from '@/lib/catalog/push/apply'
import { desired } from '@/lib/catalog/push/desired'
import { readFound } from '@/lib/catalog/push/found'
import { planPush } from '@/lib/catalog/push/plan'
import { type Env, parseEnv } from '@/lib/env'
import { PRODUCTION } from '@/lib/env.fixture'
import type { Given } from '@/lib/env-given'
import { handledEvents } from '@/lib/events/handlers'
import { checkHealth, forgetLook } from '@/lib/health/check'
import { connect, replaceStripeClient } from '@/lib/stripe/client'
import { inboxPorts } from '@/lib/webhooks/inbox-ports'
import { receiveEvent } from '@/lib/webhooks/receive'
import { startSandbox } from '@/sandbox/server'
import { functionFiles } from '@/scripts/migrations/functions'
import type { Finding } from './check'
import { examine } from './examine'
import { openPlaces } from './places'
import { readWords } from './read-words'

/** What `env()` of a test file gives; its mock reads it. */
export type Chart = { env: Env | null }

const SECRET = 'whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8'

/** An installation of this test file's own that nothing is wrong with: application, Postgres, Redis, sandbox. */
export async function openClinic(chart: Chart) {
  const shop = await startSandbox({ port: 0, dataDir: null, webhookSecret: SECRET })
  const app = await serve(route)
  const healthy: Given = {
    ...pick('DATABASE_URL', 'UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'),
    APP_ENV: 'test',
    APP_URL: app.url,
    STRIPE_API_BASE: shop.url,
    STRIPE_SECRET_KEY: 'sk_test_ledgerline',
    STRIPE_WEBHOOK_SECRET: SECRET,
    AUTH_SECRET: 'b64/0kq5Qn6yJm3vVvqk1dDq8r0u1Zy2w3',
    CRON_SECRET: 'k3W9x1Vb7Zq5Mn8Pc2Lf6Jt4Rh0Yd5Gs1UeOa',
  }

  /** From now on this process is an application with these variables. */
  async function become(given: Given): Promise<Env> {
    const env = parseEnv(given)
    await disconnect()
    forgetLook()
    chart.env = env
    replaceStripeClient(connect(env.stripe))
    return env
  }

  async function push(): Promise<void> {
    const webhookUrl = `${app.url}/api/webhooks/stripe`
    const wanted = desired({ appUrl: app.url, webhookUrl, events: handledEvents })
    await applyPush(planPush(wanted, await readFound(wanted)), wanted)
  }

  /** What the doctor finds with `given` in the place of what is healthy. */
  async function diagnose(
    given: Given,
    only: readonly string[] = [],
    nodeVersion = 'v24.1.0',
  ): Promise<Finding[]> {
    const all = { ...healthy, ...given }
    const { words, env } = readWords(all, nodeVersion)
    if (env) await become(all)
    const texts = functionFiles().map(({ text }) => text)
    const found = await examine({ words, places: env ? openPlaces(env, texts) : null }, only)
    await become(healthy)
    return found
  }

  /** Past the application, as who owns the database. */
  async function asOwner<T>(work: (own: postgres.Sql) => PromiseLike<T>): Promise<T> {
    const own = postgres(`${healthy.DATABASE_URL}`, { max: 1, onnotice: () => {} })
    try {
      return await work(own)
    } finally {
      await own.end()
      // Settings of a database apply to new connections only.
      await disconnect()
    }
  }

  await become(healthy)
  await push()
  return {
    ...{ healthy, become, diagnose, push, asOwner, shop, app },
    async close() {
      await disconnect()
      await Promise.all([shop.stop(), app.close()])
    },
  }
}

/** Crons are expected in production, where no sandbox may be; what is asked of Stripe is not looked at. */
export const IN_PRODUCTION: Given = {
  APP_ENV: 'production',
  APP_URL: PRODUCTION.APP_URL,
  STRIPE_SECRET_KEY: PRODUCTION.STRIPE_SECRET_KEY,
  STRIPE_API_BASE: undefined,
}

export type Clinic = Awaited<ReturnType<typeof openClinic>>

export type Served = { url: string; close(): Promise<void> }

/** A server of this machine that answers as `handle` says. */
export async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<Served> {
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

// The two routes of the application that are looked at, without Next.
async function route(request: IncomingMessage, response: ServerResponse) {
  if (request.url === '/api/health') return response.end(JSON.stringify(await checkHealth()))
  const signature = request.headers['stripe-signature']
  const { status, body } = await receiveEvent(inboxPorts(), await bodyOf(request), `${signature}`)
  response.writeHead(status).end(JSON.stringify(body))
}

function pick(...names: string[]): Given {
  return Object.fromEntries(names.map((name) => [name, process.env[name]]))
}

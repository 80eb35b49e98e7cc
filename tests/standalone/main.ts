import { closeSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { startCollector } from '@/lib/telemetry/collector.fixture'
import { type Child, startChild } from '@/scripts/stack/children'
import { logFile } from '@/scripts/stack/log-file'
import { dataPath, ROOT, script } from '@/scripts/stack/paths'
import { freePort } from '@/scripts/stack/ports'
import { run } from '@/scripts/stack/run'
import { createStack } from '@/scripts/stack/stack'
import { untilAnswers } from '@/scripts/stack/until-answers'
import { bringUpBase } from '@/tests/harness/environment'
import { startHttpWire } from '@/tests/harness/http-wire'
import { signedWith } from './signed-with'
import { buysInBrowser } from './story'

/**
 * `npm run test:standalone [-- --no-build]`: runs the standalone output as the image of the Dockerfile would,
 * which needs no container runtime, and looks at what an image promises: it answers, it brings its files, and
 * at SIGTERM it answers what it has taken, does what follows from it, and ends by itself. At the end a customer buys
 * there in a real browser.
 */
const stack = createStack()
const problems: string[] = []

function hold(promise: string, held: boolean, seen: unknown = ''): void {
  console.log(`${held ? '✓' : '✗'} ${promise}${held ? '' : `: ${seen}`}`)
  if (!held) problems.push(promise)
}

async function main(): Promise<void> {
  if (!process.argv.includes('--no-build')) await build()
  await withoutVariables()
  const base = await bringUpBase(stack, 'standalone')
  const collector = await startCollector()
  const port = await freePort(0)
  const url = `http://127.0.0.1:${port}`
  // The read of Stripe is held back, so that work follows an answer when SIGTERM comes.
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let reads = 0
  const stripe = await startHttpWire(base.stripeUrl, async ({ path, way }) => {
    if (way === 'up' && path.startsWith('/v1/subscriptions')) {
      reads += 1
      await released
    }
    return undefined
  })
  const env = {
    ...base.envFor(url),
    STRIPE_API_BASE: stripe.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    PORT: `${port}`,
    HOSTNAME: '127.0.0.1',
  }
  const child = await serve(env, url)
  await looksAt(url)

  const sql = postgres(base.databaseUrl, { max: 1, onnotice: () => {} })
  const [first, second] = [await eventAbout(base), await eventAbout(base)]
  const secret = base.secrets.STRIPE_WEBHOOK_SECRET
  hold('a webhook is taken', (await deliver(url, first.body, secret).answer) === 200)
  while (reads === 0) await wait(20)
  // Half of a second one is here when it is asked to stop.
  const slow = deliver(url, second.body, secret, { half: true })
  await slow.half
  child.process.kill('SIGTERM')
  await wait(500)
  hold('it does not end while work is under way', !child.gone)
  slow.finish()
  const answer = await slow.answer
  hold('a webhook that was on its way is answered', answer === 200, answer)
  release()
  const exit = await child.exited
  // 128 and the number of SIGTERM: what Next ends with, and no 137 of one that was killed.
  hold('it ends by itself', exit.code === 143, JSON.stringify(exit))
  const events = await sql`select id from webhook_events where id in (${first.id}, ${second.id})`
  hold('both are stored', events.length === 2, events.length)
  const [target] =
    await sql`select dirty_seq = synced_seq as synced from sync_targets where key = ${first.customer}`
  hold(
    'what followed the first was done before it ended',
    target?.synced === true,
    JSON.stringify(target),
  )
  const spans = collector.spans().filter(({ ids }) => ids['stripe.event_id'] === first.id)
  const names = spans.map(({ name }) => name)
  hold('its spans reached the collector', names.includes('webhook.process'), names)
  await collector.close()
  await sql.end()
  stripe.close()
}

/** What a deploy without any variable serves. */
async function withoutVariables(): Promise<void> {
  const port = await freePort(0)
  const url = `http://127.0.0.1:${port}`
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', PORT: `${port}` } as const
  const child = await serve({ ...env, HOSTNAME: '127.0.0.1' }, url, '/setup')
  const setup = await (await fetch(`${url}/setup`)).text()
  hold('without a variable it says what is missing', setup.includes('AUTH_SECRET is missing'))
  const others = ['/', '/pricing', '/api/health', '/api/webhooks/stripe']
  const answers = await Promise.all(others.map(async (path) => (await fetch(url + path)).status))
  hold(
    'and answers all else with 503',
    answers.every((status) => status === 503),
    answers,
  )
  child.process.kill('SIGTERM')
  await child.exited
}

async function build(): Promise<void> {
  console.log('Building…')
  const { ok, output } = await run(script('scripts/build.ts', '--standalone'))
  if (!ok) throw new Error(output)
}

async function serve(env: NodeJS.ProcessEnv, url: string, page = '/pricing'): Promise<Child> {
  const log = logFile(dataPath('standalone', 'app.log'))
  const output = log.open()
  const cwd = join(ROOT, '.next', 'standalone')
  const child = startChild({
    command: [process.execPath, 'server.js'],
    cwd,
    env,
    output,
    graceMs: 60_000,
  })
  closeSync(output)
  await untilAnswers(url + page, child, { seconds: 60 }).catch((error) => {
    throw new Error(`${error}\n${log.tail()}`)
  })
  return child
}

async function looksAt(url: string): Promise<void> {
  const page = await fetch(`${url}/pricing`)
  const html = await page.text()
  hold('a page answers', page.status === 200, page.status)
  const policy = page.headers.get('content-security-policy') ?? ''
  const scripts = /script-src[^;]*/.exec(policy)?.[0] ?? ''
  hold(
    'its policy lets no inline script run but the build’s own',
    !scripts.includes('unsafe-inline'),
    scripts,
  )
  const assets = [...html.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(
    ([, path]) => path,
  )
  const missing = await Promise.all(
    assets.map(async (path) => ((await fetch(`${url}${path}`)).ok ? [] : [path])),
  )
  hold(
    'it brings the files that the page asks for',
    assets.length > 0 && missing.flat().length === 0,
    missing.flat(),
  )
  const health = await fetch(`${url}/api/health`)
  hold('the health check answers', health.status === 200, await health.text())
}

async function eventAbout(base: Awaited<ReturnType<typeof bringUpBase>>) {
  const { id: customer } = await base.stripe.customers.create({ name: 'Ada' })
  const id = `evt_standalone_${customer.slice(4)}`
  const object = { id: 'sub_1', object: 'subscription', customer, metadata: {} }
  const created = Math.floor(Date.now() / 1000)
  const type = 'customer.subscription.updated'
  const body = JSON.stringify({
    id,
    object: 'event',
    type,
    created,
    livemode: false,
    data: { object },
  })
  return { id, customer, body }
}

/** Posts an event; with `half`, only the first half of its body until `finish` is called. */
function deliver(url: string, body: string, secret: string, { half = false } = {}) {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'stripe-signature': signedWith(secret, body),
  }
  const post = request(`${url}/api/webhooks/stripe`, { method: 'POST', headers })
  const answer = new Promise<number | string>((resolve) => {
    post.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    post.on('error', ({ message }) => resolve(message))
  })
  const sent = new Promise<void>((resolve) => {
    post.write(half ? body.slice(0, 100) : body, () => resolve())
  })
  if (!half) post.end()
  return { answer, half: sent, finish: () => post.end(body.slice(100)) }
}

try {
  await main()
  hold('a customer buys and cancels in a browser', await buysInBrowser())
} catch (error) {
  problems.push('an error')
  console.error(error)
}
await stack.stop()
console.log(
  problems.length === 0
    ? 'The standalone output keeps what an image promises.'
    : `${problems.length} broken`,
)
process.exit(problems.length === 0 ? 0 : 1)

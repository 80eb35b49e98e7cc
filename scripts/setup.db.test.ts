import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { CREDIT_PACKS } from '@/lib/catalog/credit-packs'
import { INTERVALS, PAID_TIERS } from '@/lib/catalog/plans'
import { env } from '@/lib/env'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { pathWithCli } from './setup/stripe-cli.fixture'
import { serverScript } from './stack/paths'
import { run } from './stack/run'

// Each starts a process that does a great deal, on machines that are busy with everything else.
vi.setConfig({ testTimeout: 180_000 })

const folder = mkdtempSync(join(tmpdir(), 'ledgerline-setup-'))
const SOLD = PAID_TIERS.length * INTERVALS.length + CREDIT_PACKS.length
const KEY = `sk_test_${randomBytes(12).toString('hex')}`
let account: RunningSandbox
let stripe: Stripe
let file: string
let n = 0

beforeAll(async () => {
  // No secret is given: as at Stripe, each endpoint has one of its own.
  account = await startSandbox({ port: 0, dataDir: null })
  stripe = new Stripe(KEY, { host: '127.0.0.1', port: account.port, protocol: 'http' })
})
beforeEach(() => {
  n += 1
  file = join(folder, `${n}.env`)
})
afterAll(async () => {
  await account.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('setup takes a key, pushes, writes what is missing, sees a signed event arrive, and finds nothing to do again', async () => {
  writeFileSync(file, '# mine\nADMIN_EMAILS=ada@example.test # me\n')
  const first = await setup('--stripe-secret-key', KEY)
  expect([first.ok, first.output]).toEqual([true, expect.stringContaining('Ready.')])
  expect(first.output).toMatch(/✓ A signed event arrives +verified, and stored/)
  expect(first.output).toMatch(
    /added STRIPE_SECRET_KEY, AUTH_SECRET, CRON_SECRET, STRIPE_WEBHOOK_SECRET/,
  )
  const text = readFileSync(file, 'utf8')
  expect(text.startsWith('# mine\nADMIN_EMAILS=ada@example.test # me\n\n# ')).toBe(true)
  const written = Object.fromEntries(
    text.split('\n').flatMap((line) => (/^[A-Z]/.test(line) ? [line.split(/=(.*)/)] : [])),
  )
  expect(written.STRIPE_SECRET_KEY).toBe(KEY)
  for (const secret of [
    KEY,
    written.AUTH_SECRET,
    written.CRON_SECRET,
    written.STRIPE_WEBHOOK_SECRET,
    'ada@',
  ]) {
    expect(secret?.length).toBeGreaterThan(3)
    expect(first.output).not.toContain(secret)
  }
  const [prices, portals, endpoints] = await Promise.all([
    stripe.prices.list(),
    stripe.billingPortal.configurations.list(),
    stripe.webhookEndpoints.list(),
  ])
  expect([prices, portals, endpoints].map(({ data }) => data.length)).toEqual([SOLD, 1, 1])
  expect(endpoints.data[0]?.url).toBe('http://localhost:1/api/webhooks/stripe')

  const [before, { mtimeMs }] = [await stripe.events.list({ limit: 100 }), statSync(file)]
  const second = await setup()
  expect([second.ok, second.output]).toEqual([true, expect.stringContaining('nothing to add')])
  expect(second.output).toContain('Stripe: nothing to change')
  expect([readFileSync(file, 'utf8'), statSync(file).mtimeMs]).toEqual([text, mtimeMs])
  expect((await stripe.events.list({ limit: 100 })).data).toEqual(before.data)
})

it('a secret that stands there is kept, and the one of a new endpoint is left beside it', async () => {
  for (const { id } of (await stripe.webhookEndpoints.list()).data)
    await stripe.webhookEndpoints.del(id)
  const own = 'STRIPE_WEBHOOK_SECRET=whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8\n'
  writeFileSync(file, own)
  const { output } = await setup('--stripe-secret-key', KEY)
  const text = readFileSync(file, 'utf8')
  expect(text.startsWith(own)).toBe(true)
  expect(text).toMatch(/^# STRIPE_WEBHOOK_SECRET=whsec_\w{20,}$/m)
  expect(output).toContain('its own stands beside it')
})

it.each([
  ['STRIPE_SECRET_KEY', 'sk_test_another', ['--stripe-secret-key', KEY]],
  ['APP_URL', 'https://another.example.com', ['--app-url', 'https://app.example.com']],
])(
  'another %s that stands in the file stops it, before anything is pushed or written',
  async (name, stands, asked) => {
    const text = `STRIPE_SECRET_KEY=${KEY}\nAPP_URL=https://app.example.com\n`.replace(
      new RegExp(`${name}=.*`),
      `${name}=${stands}`,
    )
    writeFileSync(file, text)
    const before = (await stripe.events.list({ limit: 100 })).data
    const { ok, output } = await setup(...asked, 'APP_URL=')
    expect([ok, output]).toEqual([
      false,
      expect.stringContaining(`${name} stands already in ${n}.env`),
    ])
    expect(output).not.toContain(stands)
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect((await stripe.events.list({ limit: 100 })).data).toEqual(before)
  },
)

it('setup takes the keys of a sandbox that the Stripe CLI makes, shows neither, and asks for none the second time', async () => {
  const keys = { secretKey: `rkcs_test_${n}Ledgerline`, publishableKey: `pk_test_${n}Ledgerline` }
  vi.stubEnv('PATH', pathWithCli(folder, { kind: 'new', ...keys }))
  const first = await setup('--cli-sandbox')
  expect([first.ok, first.output]).toEqual([true, expect.stringContaining('Ready.')])
  expect(first.output).toContain('On 2026-12-05 it ends')
  expect(first.output).not.toMatch(new RegExp(Object.values(keys).join('|')))
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(`STRIPE_SECRET_KEY=${keys.secretKey}\n`)
  expect(text).toContain(`NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY=${keys.publishableKey}\n`)

  vi.stubEnv('PATH', pathWithCli(folder, { kind: 'offline' }))
  const second = await setup('--cli-sandbox')
  vi.unstubAllEnvs()
  expect([second.ok, second.output]).toEqual([true, expect.stringContaining('nothing to add')])
  expect(readFileSync(file, 'utf8')).toBe(text)
})

it.each([
  ['a live key', 'sk_live_51Ledgerline', 'That is a live key'],
  ['no key', 'hunter2', 'That is no key of Stripe'],
])('%s is refused, and nothing is written', async (_, key, says) => {
  const { ok, output } = await setup('--stripe-secret-key', key)
  expect([ok, output]).toEqual([false, expect.stringContaining(says)])
  expect(output).not.toContain(key)
  expect(() => statSync(file)).toThrow()
})

it('a restricted key that lacks permissions gets the list of what is needed, and nothing is written', async () => {
  const server = await refusing(/customers/)
  const { port } = server.address() as AddressInfo
  const { ok, output } = await setup(
    '--stripe-secret-key',
    'rk_test_restricted',
    `http://127.0.0.1:${port}`,
  )
  server.close()
  expect([ok, output]).toEqual([false, expect.stringContaining('✗ Customers: Write')])
  expect(output).toContain('✓ Events: Read')
  expect(() => statSync(file)).toThrow()
})

// The database and the Redis of this test file are what was given; the sandbox is Stripe.
function setup(...options: string[]) {
  const base = options.find((one) => one.startsWith('http://'))
  const given = {
    ...{ DATABASE_URL: env().databaseUrl, STRIPE_API_BASE: base ?? account.url },
    ...{
      LEDGERLINE_DATA_DIR: join(folder, `data-${n}`),
      NODE_ENV: 'test' as const,
      APP_ENV: 'test',
    },
    // Of what a test has given itself nothing is there yet.
    ...{ STRIPE_SECRET_KEY: undefined, STRIPE_WEBHOOK_SECRET: undefined },
    ...{ AUTH_SECRET: undefined, CRON_SECRET: undefined, ADMIN_EMAILS: undefined },
    APP_URL: options.includes('APP_URL=') ? undefined : 'http://localhost:1',
  }
  const all = Object.entries({ ...process.env, ...given }).filter(
    ([, value]) => value !== undefined,
  )
  const words = options.filter((one) => one !== base && one !== 'APP_URL=')
  return run(
    serverScript('scripts/setup.ts', '--yes', '--file', file, ...words),
    Object.fromEntries(all) as NodeJS.ProcessEnv,
  )
}

async function refusing(paths: RegExp): Promise<Server> {
  const server = createServer((request, response) => {
    const refused = paths.test(`${request.url}`)
    response.writeHead(refused ? 403 : 200, { 'stripe-should-retry': 'false' })
    const error = { type: 'invalid_request_error', message: 'The key does not have it.' }
    response.end(
      JSON.stringify(refused ? { error } : { object: 'list', data: [], has_more: false }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

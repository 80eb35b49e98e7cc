import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { disconnect } from '@/db/client'
import { openLine } from '@/db/line'
import { FEATURES } from '@/lib/catalog/features'
import { openShop } from '@/lib/checkout/shop.fixture'
import { arrived } from '@/lib/console/arrived.fixture'
import { buyer } from '@/lib/console/buyer.fixture'
import { env } from '@/lib/env'
import type { EventId } from '@/lib/ids'
import type { RunningSandbox } from '@/sandbox/server'
import { startMcp } from './client.fixture'

// It starts a process, on machines that are busy with everything else.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const LEDGERLINE_DATA_DIR = mkdtempSync(join(tmpdir(), 'ledgerline-mcp-'))
const SECRET = randomBytes(24).toString('hex')
let shop: RunningSandbox
let mcp: ReturnType<typeof startMcp>
let one: Awaited<ReturnType<typeof buyer>>
let event: EventId

const environment = () => ({ ...process.env, LEDGERLINE_DATA_DIR, AUTH_SECRET: SECRET })

beforeAll(async () => {
  shop = await openShop()
  one = await buyer()
  event = await arrived(one.customerId)
  mcp = startMcp(environment())
})
afterAll(async () => {
  await mcp.stop()
  await disconnect()
  await shop.stop()
  rmSync(LEDGERLINE_DATA_DIR, { recursive: true, force: true })
})

/** What a tool says, as an agent reads it. */
async function call(name: string, given: object = {}) {
  const { result } = await mcp.ask('tools/call', { name, arguments: given })
  return { said: result?.content?.[0]?.text ?? '', isError: result?.isError }
}

/** A sum of each table's rows, as they stand to the last column. */
async function everyRow(): Promise<Map<string, string>> {
  const { client: sql, close } = openLine(env().databaseUrl)
  const tables = await sql`
    select table_name as name from information_schema.tables where table_schema = 'public'`
  expect(tables.length).toBeGreaterThan(20)
  const sums = new Map<string, string>()
  for (const { name } of tables) {
    const [row] =
      await sql`select md5(string_agg(t::text, '|' order by t::text)) as sum from ${sql(name)} t`
    sums.set(name, row?.sum)
  }
  close()
  return sums
}

describe('an agent that speaks to npm run mcp', () => {
  it('is greeted in the revision that it asks for, and in the newest when it asks for another', async () => {
    const greet = (protocolVersion: string) =>
      mcp.ask('initialize', {
        protocolVersion,
        capabilities: {},
        clientInfo: { name: 'a test', version: '1' },
      })
    expect((await greet('2025-06-18')).result).toMatchObject({
      protocolVersion: '2025-06-18',
      capabilities: { tools: {} },
      serverInfo: { name: expect.any(String), version: expect.any(String) },
    })
    expect((await greet('1999-01-01')).result).toMatchObject({ protocolVersion: '2025-11-25' })
    mcp.notify('notifications/initialized')
    expect((await mcp.ask('ping')).result).toEqual({})
  })

  it('is shown five tools, each of which says that it only reads', async () => {
    const { result } = await mcp.ask('tools/list')
    expect(result?.tools).toMatchObject(
      ['why', 'customer', 'events', 'replay_dry_run', 'doctor'].map((name) => ({
        name,
        description: expect.any(String),
        inputSchema: { type: 'object', additionalProperties: false },
        annotations: { readOnlyHint: true },
      })),
    )
  })

  it('hears why a customer may use a feature, and why not another', async () => {
    const features = Object.keys(FEATURES)
    const yes = await call('why', { whom: one.customerId, feature: features[0] })
    expect(yes).toEqual({ isError: false, said: expect.stringContaining(`${features[0]}: yes`) })
    expect(yes.said).toContain(one.id)
    const no = await call('why', { whom: `${one.userId}@example.test`, feature: features.at(-1) })
    expect(no.said).toContain(`${features.at(-1)}: no`)
  })

  it('reads a customer, by an id of Stripe or by an address, without their whole address', async () => {
    for (const whom of [one.customerId, one.id, one.workspaceId, `${one.userId}@example.test`]) {
      const { said, isError } = await call('customer', { whom })
      expect([whom, isError]).toEqual([whom, false])
      expect(JSON.parse(said)).toMatchObject({
        workspaceId: one.workspaceId,
        customerId: one.customerId,
        subscriptions: [{ id: one.id, status: 'active' }],
      })
      expect(said).not.toContain(`${one.userId}@`)
      expect(said).toContain('…@example.test')
    }
    expect(JSON.parse((await call('customer')).said)).toEqual({ customers: [], subscriptions: [] })
  })

  it('lists what Stripe sent, and is told what a replay would change', async () => {
    const listed = JSON.parse((await call('events', { customer: one.customerId })).said)
    expect(listed.events).toMatchObject([{ id: event, state: 'pending' }])
    const rehearsed = await call('replay_dry_run', { event })
    expect(rehearsed.isError).toBe(false)
    expect(JSON.parse(rehearsed.said)).toMatchObject({ target: one.customerId, state: 'pending' })
  })

  it('is told what is wrong, by every check that does not write', async () => {
    const { said } = await call('doctor', { all: true })
    const { findings, notLookedAt, looked } = JSON.parse(said)
    expect(looked).toBeGreaterThan(40)
    const by = new Map<string, { status: string; detail: string }>(
      findings.map((each: { id: string; status: string; detail: string }) => [each.id, each]),
    )
    expect(by.get('migrations')).toMatchObject({ status: 'ok' })
    expect(by.get('stripe')).toMatchObject({ status: 'ok' })
    expect(notLookedAt.filter((id: string) => by.has(id))).toEqual([])
    expect(said).not.toMatch(/read-only transaction|could not look/)
  })

  it('changes no row by whatever it asks', async () => {
    const before = await everyRow()
    await call('customer', { whom: one.customerId })
    await call('replay_dry_run', { event })
    await call('events')
    await call('why', { whom: one.customerId, feature: Object.keys(FEATURES)[0] })
    await call('doctor')
    expect(await everyRow()).toEqual(before)
  })

  it.each([
    ['an event that is none', 'replay_dry_run', { event: 'nonsense' }],
    ['an event that never came', 'replay_dry_run', { event: 'evt_0000000000000000' }],
    ['no user', 'why', { whom: 'unknown@example.test', feature: Object.keys(FEATURES)[0] }],
    ['a feature that is none', 'why', { whom: 'unknown@example.test', feature: 'teleport' }],
    ['an argument that there is not', 'customer', { who: 'ada' }],
    ['a check that there is not', 'doctor', { only: ['mails'] }],
  ])('is refused %s, in a sentence', async (_, name, given) => {
    const { said, isError } = await call(name, given)
    expect(isError).toBe(true)
    expect(said).not.toBe('')
    expect(said).not.toMatch(/unknown@|\bat \S+:\d+/)
  })

  it('is answered an error for what is no message, no method and no tool, and then goes on', async () => {
    expect(await mcp.send('{')).toMatchObject({ id: null, error: { code: -32_700 } })
    expect(await mcp.send('[]')).toMatchObject({ id: null, error: { code: -32_600 } })
    expect((await mcp.ask('resources/list')).error).toMatchObject({ code: -32_601 })
    const drop = await mcp.ask('tools/call', { name: 'drop_tables', arguments: {} })
    expect(drop.error).toMatchObject({ code: -32_602 })
    expect((await mcp.ask('ping')).result).toEqual({})
  })

  it('reads nothing on standard output but the protocol, and no secret in it', () => {
    const output = mcp.output()
    expect(output.length).toBeGreaterThan(20)
    for (const line of output) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' })
    const secrets = ['AUTH_SECRET', 'CRON_SECRET', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']
    for (const name of secrets)
      expect(output.join('')).not.toContain(environment()[name as 'AUTH_SECRET'])
    expect(mcp.errors()).toBe('')
  })
})

it('without a database it says so, and the doctor still looks at the variables', async () => {
  const alone = startMcp({ ...environment(), DATABASE_URL: 'postgres://unknown@127.0.0.1:1/none' })
  const ask = async (name: string, given: object) =>
    (await alone.ask('tools/call', { name, arguments: given })).result?.content?.[0]?.text
  expect(await ask('events', {})).toMatch(/^The database cannot be read/)
  expect(await ask('doctor', { only: ['node'], all: true })).toContain('"status": "ok"')
  expect(await alone.stop()).toBe(0)
})

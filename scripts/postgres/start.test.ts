import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { commandOf, processesIn } from '@/scripts/stack/process-table'
import { findPostmaster } from './pid-file'
import { type Postgres, startPostgres } from './start'

// Real processes on a machine that may be busy with the rest of the tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// One cluster for all: making it is most of a first start's time.
const dir = mkdtempSync(join(tmpdir(), 'ledgerline-postgres-'))
let started: Postgres[] = []

afterEach(async () => {
  for (const server of started.reverse()) await server.stop()
  started = []
})

afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('a started server answers, on this machine only, behind a password', async () => {
  const { url, joined } = await start()
  expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }])
  expect(await query(url, 'show server_version')).toEqual([
    { server_version: expect.stringMatching(/^18\./) },
  ])
  expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(await query(url, 'show fsync')).toEqual([{ fsync: 'on' }])
  expect(joined).toBe(false)
  await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/)
})

test('the directories and the password are for their owner only', async () => {
  await start()
  expect([dir, join(dir, 'data')].map(mode)).toEqual(['700', '700'])
  expect([join(dir, 'password'), join(dir, 'server.log')].map(mode)).toEqual(['600', '600'])
})

test('what was committed is there after a stop, and stopping leaves no process', async () => {
  const first = await start()
  await query(first.url, 'create table stopped as select 42 as n')
  const { pid } = await postmaster()
  await first.stop()
  expect(commandOf(pid)).toBeNull()
  expect(processesIn(join(dir, 'data'))).toEqual([])
  const again = await start()
  expect(await query(again.url, 'select n from stopped')).toEqual([{ n: 42 }])
})

test('what was committed survives kill -9 of the server', async () => {
  const first = await start()
  await query(first.url, 'create table kept as select 42 as n')
  const { pid } = await postmaster()
  process.kill(pid, 'SIGKILL')
  const again = await start()
  expect(again.joined).toBe(false)
  expect(await query(again.url, 'select n from kept')).toEqual([{ n: 42 }])
})

test('a second start on the same directory joins, and its stop leaves the server running', async () => {
  const owner = await start()
  const guest = await start()
  expect(guest).toMatchObject({ url: owner.url, port: owner.port, joined: true })
  await guest.stop()
  expect(await query(owner.url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('several first starts at the same moment make one server', async () => {
  const fresh = join(dir, 'fresh')
  const servers = await Promise.all([fresh, fresh, fresh].map((dir) => start({ dir })))
  expect(new Set(servers.map(({ url }) => url)).size).toBe(1)
  expect(servers.filter(({ joined }) => !joined)).toHaveLength(1)
})

test('a pid file of a dead process does not keep the server from starting', async () => {
  await (await start()).stop()
  const passer = spawn('true')
  await once(passer, 'exit')
  writePidFile(passer.pid)
  expect((await start()).joined).toBe(false)
})

test('a pid file whose pid belongs to another program by now does not either', async () => {
  await (await start()).stop()
  writePidFile(process.pid)
  expect((await start()).joined).toBe(false)
  expect((await postmaster()).pid).not.toBe(process.pid)
})

test('a zombie in the pid file does not either', async () => {
  await (await start()).stop()
  // The shell becomes a program that never asks for the exit code of the shell's child.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'])
  const [line] = await once(parent.stdout, 'data')
  const zombie = Number(String(line))
  await vi.waitFor(() => expect(commandOf(zombie)).toBeNull(), { timeout: 10_000 })
  expect(() => process.kill(zombie, 0)).not.toThrow()
  writePidFile(zombie)
  expect((await start()).joined).toBe(false)
  parent.kill('SIGKILL')
})

test('a taken port means the next free one, and the answer says which', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const address = blocker.address()
  const taken = typeof address === 'object' && address ? address.port : 0
  const { port, url } = await start({ port: taken })
  expect(port).toBeGreaterThan(taken)
  expect(new URL(url).port).toBe(String(port))
  blocker.close()
})

test('a server for throw-away data does not wait for the disk', async () => {
  const { url } = await start({ durable: false })
  expect(await query(url, 'show fsync')).toEqual([{ fsync: 'off' }])
})

test('a damaged directory is refused with the end of the server log', async () => {
  await (await start()).stop()
  const control = join(dir, 'data', 'global', 'pg_control')
  renameSync(control, `${control}.gone`)
  await expect(start()).rejects.toThrow(/did not start[\s\S]*pg_control/)
  renameSync(`${control}.gone`, control)
})

test('data of another major version is refused with what to do', async () => {
  await (await start()).stop()
  writeFileSync(join(dir, 'data', 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toThrow(/made by PostgreSQL 17.*Delete/)
})

async function start(
  options: { dir?: string; port?: number; durable?: boolean } = {},
): Promise<Postgres> {
  const server = await startPostgres({ dir, port: 0, ...options })
  started.push(server)
  return server
}

async function postmaster() {
  const found = await findPostmaster(join(dir, 'data'))
  if (!found) throw new Error('No server runs.')
  return found
}

function writePidFile(pid = 0) {
  const data = join(dir, 'data')
  const lines = [pid, data, Math.floor(Date.now() / 1_000), 5432, '', '127.0.0.1', '', 'ready   ']
  writeFileSync(join(data, 'postmaster.pid'), `${lines.join('\n')}\n`, { mode: 0o600 })
}

function mode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}

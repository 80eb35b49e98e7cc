import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'
import { locateBinaries } from './binaries'
import { chooseRunAs } from './run-as'
import { startPostgres } from './start'

// Real processes on a machine that may be busy with the rest of the tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// Above what systems give to people and services; no user has it.
const UNNAMED = { uid: 48_123, gid: 48_123 }
const NAMED = { uid: 1, gid: 1 }

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ledgerline-home-'))
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

describe.skipIf(process.getuid?.() !== 0)('in the closed home of another user', () => {
  test('root, where the user has no name', async () => {
    close(UNNAMED)
    const dir = join(home, 'postgres')
    const { url, stop } = await startPostgres({ dir, port: 0, durable: false })
    expect(await one(url)).toBe(1)
    await stop()
    const again = await startPostgres({ dir, port: 0, durable: false })
    expect(await one(again.url)).toBe(1)
    await again.stop()
    rmSync(chooseRunAs(dir, locateBinaries()).home, { recursive: true, force: true })
  })

  const namespaces = spawnSync('unshare', ['-U', 'true'], UNNAMED).status === 0
  test.skipIf(!reads(UNNAMED))('the user without a name', async () => {
    close(UNNAMED)
    const { said, code } = await startAs(UNNAMED)
    if (namespaces) expect(said).toContain('answered 1')
    else expect(said).toContain('who has no name on this system. Add the user to /etc/passwd')
    expect(code).toBe(namespaces ? 0 : 1)
  })

  test.skipIf(!reads(NAMED))('an ordinary user', async () => {
    close(NAMED)
    const { said, code } = await startAs(NAMED)
    expect(said).toContain('answered 1')
    expect(code).toBe(0)
    expect(existsSync(join(home, 'postgres', 'data', 'PG_VERSION'))).toBe(true)
  })
})

function close({ uid, gid }: typeof NAMED) {
  chownSync(home, uid, gid)
  chmodSync(home, 0o700)
}

/** Whether this user may read the checkout at all, which is not so in the home of root. */
function reads(identity: typeof NAMED): boolean {
  return spawnSync('test', ['-r', join(ROOT, 'package.json')], identity).status === 0
}

/** Starts a server twice, asks it, and stops it, as another user. */
async function startAs(identity: typeof NAMED) {
  const script = `
    import postgres from 'postgres'
    import { startPostgres } from '@/scripts/postgres/start'
    for (const time of [1, 2]) {
      const { url, stop } = await startPostgres({ dir: process.env.HOME + '/postgres', port: 0, durable: false })
      const sql = postgres(url, { max: 1 })
      const [row] = await sql.unsafe('select 1 as n')
      await sql.end()
      await stop()
      if (time === 2) console.log('answered ' + row.n)
    }`
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script]
  const { PATH, NODE_ENV } = process.env
  const env = { PATH, NODE_ENV, HOME: home, TMPDIR: home }
  const child = spawn(process.execPath, args, { cwd: ROOT, env, ...identity })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text
    })
  const [code] = await once(child, 'close')
  return { said, code }
}

async function one(url: string): Promise<unknown> {
  const sql = postgres(url, { max: 1 })
  try {
    const [row] = await sql`select 1 as n`
    return row?.n
  } finally {
    await sql.end()
  }
}

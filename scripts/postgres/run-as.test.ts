import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { locateBinaries } from './binaries'
import { ensureDatabase } from './connect'
import { ensureCluster } from './initdb'
import { launch } from './launch'
import { chooseRunAs } from './run-as'

// Real processes on a machine that may be busy with the rest of the tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

describe.skipIf(process.getuid?.() !== 0)('as root where user namespaces are forbidden', () => {
  let parent: string
  let homes: string[]

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'ledgerline-run-as-'))
    homes = []
  })

  afterEach(() => {
    for (const path of [parent, ...homes]) rmSync(path, { recursive: true, force: true })
  })

  test('the server runs as `nobody` in a directory that this user can reach', async () => {
    chmodSync(parent, 0o755)
    const { home } = await serve()
    expect(home).toBe(join(parent, 'postgres'))
    expect(statSync(home).uid).not.toBe(0)
  })

  test('the server runs as `nobody` on a home outside of a closed directory, and comes back to it', async () => {
    chmodSync(parent, 0o700)
    const { home } = await serve()
    expect(home).toMatch(/ledgerline-postgres-[0-9a-f]{16}$/)
    expect((await serve()).home).toBe(home)
  })

  test('deleting the directory deletes the data of the home outside too', async () => {
    chmodSync(parent, 0o700)
    const { home } = await serve()
    rmSync(join(parent, 'postgres'), { recursive: true })
    mkdirSync(join(parent, 'postgres'))
    chooseRunAs(join(parent, 'postgres'), locateBinaries(), 'nobody')
    expect(existsSync(join(home, 'data'))).toBe(false)
  })

  async function serve() {
    const dir = join(parent, 'postgres')
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    const runAs = chooseRunAs(dir, locateBinaries(), 'nobody')
    homes.push(runAs.home)
    const { data, password } = await ensureCluster(runAs)
    const deadline = Date.now() + 20_000
    const server = await launch({ runAs, data, port: 0, durable: false, deadline })
    if (!server) throw new Error('The server could not have its directory.')
    await ensureDatabase(server.port, password)
    await server.stop()
    return runAs
  }
})

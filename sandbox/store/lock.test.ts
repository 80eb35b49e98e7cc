import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSandbox } from '@/sandbox/server'
import { lockDirectory } from './lock'

let dir: string
let file: string
let unlocks: (() => void)[]

beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'sandbox-lock-')), 'data')
  file = join(dir, 'sandbox.pid')
  unlocks = []
})

afterEach(() => {
  for (const unlock of unlocks) unlock()
})

async function lock() {
  const unlock = await lockDirectory(dir, { waitMs: 50 })
  unlocks.push(unlock)
  return unlock
}

test('a directory is for its owner only, and locked by one at a time', async () => {
  const unlock = await lock()
  expect((statSync(dir).mode & 0o777).toString(8)).toBe('700')
  await expect(lock()).rejects.toThrow(`process ${process.pid}`)
  unlock()
  expect(existsSync(file)).toBe(false)
  await lock()
})

test('a second sandbox on one directory is refused by the pid of the first', async () => {
  const first = await startSandbox({ port: 0, dataDir: dir })
  await expect(startSandbox({ port: 0, dataDir: dir })).rejects.toThrow(
    new RegExp(`${dir} is in use by the sandbox of process ${process.pid}\\. Stop it`),
  )
  await first.stop()
  const again = await startSandbox({ port: 0, dataDir: dir })
  await again.stop()
})

test('a sandbox that could not have its port gives the directory back', async () => {
  const other = await startSandbox({ port: 0 })
  await expect(startSandbox({ port: other.port, dataDir: dir })).rejects.toThrow('EADDRINUSE')
  await lock()
  await other.stop()
})

test('the lock of a process that lives is respected, and taken over once it is dead', async () => {
  const owner = spawn('sleep', ['60'])
  await once(owner, 'spawn')
  await (await lock())()
  writeFileSync(file, `${owner.pid}\n`)
  await expect(lock()).rejects.toThrow(`process ${owner.pid}`)
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  await lock()
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${process.pid}\\b`))
})

test('an owner that is just stopping is waited for', async () => {
  const unlock = await lock()
  const next = lockDirectory(dir, { waitMs: 10_000 })
  unlock()
  unlocks.push(await next)
})

test.each([
  ['half a file', ''],
  ['a pid that no process has', `${2 ** 22 - 1}\n`],
  ['this pid in an earlier life, as after the restart of a container', `${process.pid} 1\n`],
])('the lock of %s is taken over', async (_, content) => {
  await (await lock())()
  writeFileSync(file, content)
  await lock()
})

test.skipIf(process.platform !== 'linux')(
  'the lock of a pid that another program got later, or of a zombie, is taken over',
  async () => {
    await (await lock())()
    writeFileSync(file, `${process.ppid} 1\n`)
    ;(await lock())()
    // The shell becomes a program that never asks for the exit code of the shell's child.
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'])
    const [line] = await once(parent.stdout, 'data')
    const zombie = Number(String(line))
    const state = () => readFileSync(`/proc/${zombie}/stat`, 'utf8')
    await vi.waitFor(() => expect(state()).toContain(') Z '), { timeout: 10_000 })
    writeFileSync(file, `${zombie}\n`)
    await lock()
    parent.kill('SIGKILL')
  },
)

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { startChild } from './children'
import { commandOf } from './process-table'

// Real processes on a machine that may be busy with the rest of the tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const cwd = process.cwd()

test('a stopped child takes along what it started', async () => {
  const child = startChild({
    command: ['sh', '-c', 'sleep 60 & echo $!; wait'],
    cwd,
    output: 'pipe',
  })
  const grandchild = await firstNumber(child.process)
  await child.stop()
  expect(commandOf(child.pid)).toBeNull()
  await vi.waitFor(() => expect(commandOf(grandchild)).toBeNull(), { timeout: 10_000 })
})

test('a child that ignores the polite signal is stopped all the same', async () => {
  const child = startChild({
    command: ['sh', '-c', 'trap "" TERM; echo $$; while :; do sleep 1; done'],
    cwd,
    output: 'pipe',
    graceMs: 200,
  })
  await firstNumber(child.process)
  await child.stop()
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' })
})

test('a child ends when its parent is killed without a chance to say so', async () => {
  const script = `
    import { startChild } from '@/scripts/stack/children'
    const child = startChild({ command: ['sleep', '60'], cwd: process.cwd(), output: 'inherit' })
    console.log(child.pid)`
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script]
  const parent = spawn(process.execPath, args, { cwd })
  const child = await firstNumber(parent)
  expect(commandOf(child)).toContain('sleep')
  parent.kill('SIGKILL')
  await vi.waitFor(() => expect(commandOf(child)).toBeNull(), { timeout: 20_000 })
})

test('a command that does not exist is an exit with a code', async () => {
  // By its path: a search would also meet folders that this user may not read, which is another code.
  const child = startChild({ command: [join(cwd, 'no-such-command')], cwd, output: 'pipe' })
  expect(await child.exited).toEqual({ code: 127, signal: null })
})

async function firstNumber({ stdout }: { stdout: NodeJS.ReadableStream | null }): Promise<number> {
  if (!stdout) throw new Error('Its output is not piped.')
  const [chunk] = await once(stdout, 'data')
  return Number(String(chunk).trim())
}

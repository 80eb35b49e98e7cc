import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Redis } from '@upstash/redis'
import { afterEach, describe, expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const running: ChildProcess[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

async function run(...options: string[]) {
  const command = ['--import', 'tsx', main, '--port', '0', '--token', 't', ...options]
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] })
  running.push(child)
  const [line] = await once(createInterface(child.stdout), 'line')
  const url = /http:\S+/.exec(String(line))?.[0] ?? ''
  const exited = once(child, 'exit')
  return { child, exited, redis: new Redis({ url, token: 't', retry: { retries: 0 } }) }
}

describe('as a process of its own', { timeout: 30_000 }, () => {
  test('it says where it listens, serves, and ends cleanly on SIGTERM', async () => {
    const { child, exited, redis } = await run()
    expect(await redis.set('k', 'v')).toBe('OK')
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    await expect(redis.get('k')).rejects.toThrow()
  })

  test('with --parent it ends when its parent is gone', async () => {
    const { child, exited, redis } = await run('--parent')
    expect(await redis.ping()).toBe('PONG')
    child.stdin?.destroy()
    expect(await exited).toEqual([0, null])
  })
})

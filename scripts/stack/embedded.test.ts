import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Part } from './part'
import { freePort } from './ports'
import { commandOf, descendantsOf } from './process-table'
import { embedRedis } from './redis'
import { embedSandbox } from './sandbox'

// Real processes on a machine that may be busy with the rest of the tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let dir: string
let part: Part | undefined

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ledgerline-embedded-'))
})

afterEach(async () => {
  await part?.stop()
  rmSync(dir, { recursive: true })
})

test('the sandbox signs with the newest secret, which no command line shows', async () => {
  const sandbox = await embedSandbox({
    port: await freePort(0),
    dir: join(dir, 'sandbox'),
    webhookSecret: 'whsec_newest, whsec_older',
    log: join(dir, 'sandbox.log'),
  })
  part = sandbox
  const response = await fetch(`${sandbox.url}/v1/webhook_endpoints`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sk_test_local' },
    body: new URLSearchParams({ url: 'http://127.0.0.1:9/', 'enabled_events[0]': '*' }),
  })
  expect(await response.json()).toMatchObject({ secret: 'whsec_newest' })
  expect(commands()).toContain('sandbox/main.ts')
  expect(commands()).not.toContain('whsec_')
  expect((statSync(join(dir, 'sandbox')).mode & 0o777).toString(8)).toBe('700')
})

test('no command line shows the token of Redis', async () => {
  part = await embedRedis({ port: 0, log: join(dir, 'redis.log') })
  const { UPSTASH_REDIS_REST_TOKEN: token } = part.env
  expect(token).toMatch(/^.{20,}$/)
  expect(commands()).toContain('redis/main.ts')
  expect(commands()).not.toContain(token)
})

function commands(): string {
  return descendantsOf(process.pid)
    .map((pid) => commandOf(pid) ?? '')
    .join('\n')
}

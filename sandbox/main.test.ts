import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask } from './test/raw-request'
import { clientOf } from './test/world'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

let dir: string
let running: ReturnType<typeof launch>[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-main-'))
})

afterEach(async () => {
  await Promise.all(running.map((process) => process.end()))
  running = []
  rmSync(dir, { recursive: true })
})

test('the webhook secret comes from the environment, and a blank one counts as none', async () => {
  const given = await start([], { SANDBOX_WEBHOOK_SECRET: 'whsec_of_the_environment' })
  expect(await newSecret(given)).toBe('whsec_of_the_environment')
  const blank = await start(['--data', join(dir, 'other')], { SANDBOX_WEBHOOK_SECRET: '' })
  expect(await newSecret(blank)).toMatch(/^whsec_.+/)
})

test('an argument wins over the environment', async () => {
  const env = { SANDBOX_WEBHOOK_SECRET: 'whsec_of_the_environment' }
  const port = await start(['--webhook-secret', 'whsec_of_the_argument'], env)
  expect(await newSecret(port)).toBe('whsec_of_the_argument')
})

test('it answers to the names given with --host', async () => {
  const port = await start(['--host', 'stripe', '--host', 'localhost:4000'])
  const status = async (host: string) =>
    (await ask(port, 'GET /_sandbox/health', { Host: host })).status
  expect(await status(`stripe:${port}`)).toBe(200)
  expect(await status('localhost:4000')).toBe(200)
  expect(await status(`other:${port}`)).toBe(403)
})

test('a second one on the same directory ends with one line that names the first', async () => {
  await start()
  const { code, said } = await refusal([])
  expect(code).toBe(1)
  expect(said).toMatch(/^\S+ is in use by the sandbox of process \d+\. Stop it, [^\n]+\n$/)
  expect(said).toContain(`process ${running[0]?.pid}.`)
})

test('a taken port and an option that is none are refused in one line, too', async () => {
  const port = await start()
  const taken = await refusal(['--data', join(dir, 'other'), '--port', String(port)])
  expect(taken).toEqual({
    code: 1,
    said: `Port ${port} is taken. Stop what listens there, or give another with --port.\n`,
  })
  for (const wrong of [
    ['--prot', '1'],
    ['--port', 'http'],
    ['--port', '70000'],
  ]) {
    const { code, said } = await refusal(wrong)
    expect({ code, lines: said.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
  }
})

/** Resolves with its port when it says where it is. */
async function start(args: string[] = [], env: Record<string, string> = {}): Promise<number> {
  const started = launch(args, env)
  running.push(started)
  const [line] = await Promise.race([once(started.stdout, 'data'), started.exited])
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(String(line))?.[1])
  expect(port, started.said()).toBeGreaterThan(0)
  return port
}

async function refusal(args: string[]) {
  const started = launch(args, {})
  const [code] = await started.exited
  return { code, said: started.said() }
}

function launch(args: string[], env: Record<string, string>) {
  // The last of an option that is given twice counts.
  const all = ['--import', 'tsx', MAIN, '--port', '0', '--data', dir, ...args]
  const child = spawn(process.execPath, all, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const exited = once(child, 'close')
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  return {
    pid: child.pid,
    stdout: child.stdout,
    exited,
    said: () => said,
    end: () => {
      child.kill('SIGKILL')
      return exited
    },
  }
}

async function newSecret(port: number): Promise<string | undefined> {
  const { secret } = await clientOf(port).webhookEndpoints.create({
    url: 'http://127.0.0.1:9/webhook',
    enabled_events: ['*'],
  })
  return secret
}

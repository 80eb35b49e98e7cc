import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { ask } from '@/sandbox/test/raw-request'

let sandbox: RunningSandbox

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0 })
})

afterEach(() => sandbox.stop())

const KEY = { Authorization: 'Bearer sk_test_local' }
const health = (headers: Record<string, string>) =>
  ask(sandbox.port, 'GET /_sandbox/health', headers)

describe('the host', () => {
  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('%s is answered', async (name) => {
    expect((await health({ Host: `${name}:${sandbox.port}` })).status).toBe(200)
  })

  test.each(['evil.test', '127.0.0.1.evil.test', 'localhost.evil.test', '0.0.0.0', ''])(
    '"%s", which a rebound name would bring, is refused on every path',
    async (name) => {
      for (const path of [
        '/_sandbox/health',
        '/v1/webhook_endpoints',
        '/v2/x',
        '/c/pay/cs_1',
        '/',
      ]) {
        const headers = { ...KEY, Host: `${name}:${sandbox.port}` }
        const { status, body } = await ask(sandbox.port, `GET ${path}`, headers)
        expect({ path, status }).toEqual({ path, status: 403 })
        expect(JSON.parse(body).error.message).toContain(`http://127.0.0.1:${sandbox.port}`)
      }
    },
  )

  test('a name without our port is refused', async () => {
    expect((await health({ Host: 'localhost' })).status).toBe(403)
    expect((await health({ Host: `localhost:${sandbox.port + 1}` })).status).toBe(403)
  })

  test('a name that was given is answered, with our port or with its own', async () => {
    await sandbox.stop()
    sandbox = await startSandbox({ port: 0, hosts: ['Stripe', 'localhost:4000'] })
    expect((await health({ Host: `stripe:${sandbox.port}` })).status).toBe(200)
    expect((await health({ Host: 'localhost:4000' })).status).toBe(200)
    expect((await health({ Host: 'stripe:4000' })).status).toBe(403)
  })
})

describe('a web page', () => {
  const own = () => `http://127.0.0.1:${sandbox.port}`
  const paths = ['POST /_sandbox/reset', 'POST /_sandbox/deliveries/pause', 'POST /v1/customers']

  test.each<[string, Record<string, string>]>([
    ['another origin', { Origin: 'http://evil.test' }],
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['another site, by a browser that says so', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another port, by a browser that says so', { 'Sec-Fetch-Site': 'same-site' }],
  ])('of %s reaches neither the controls nor the API', async (_, headers) => {
    await fetch(`${own()}/v1/customers`, { method: 'POST', headers: KEY })
    for (const line of paths) {
      const { status, body } = await ask(sandbox.port, line, { ...KEY, ...headers })
      expect({ line, status }).toEqual({ line, status: 403 })
      expect(JSON.parse(body).error.message).toContain('of another site')
    }
    expect([...sandbox.sandbox.store.all('customer')]).toHaveLength(1)
  })

  test('of the sandbox itself does', async () => {
    const headers = { Origin: own(), 'Sec-Fetch-Site': 'same-origin' }
    expect((await health(headers)).status).toBe(200)
    expect((await health({ 'Sec-Fetch-Site': 'none' })).status).toBe(200)
  })

  test('may still send a person to a hosted page', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site' }
    const { status, body } = await ask(sandbox.port, 'GET /c/pay/cs_unknown', headers)
    expect(status).toBe(404)
    expect(body).toContain('This page does not exist')
  })
})

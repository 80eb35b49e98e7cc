import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { ask } from '@/sandbox/test/raw-request'

let sandbox: RunningSandbox

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})

afterAll(() => sandbox.stop())

const KEY = { Authorization: 'Bearer sk_test_local' }

test.each([
  ...['//', '///', '//evil.test/v1/customers', '//c/pay/x', '/\\', '/\\evil.test', '\\'],
  ...['http://x', 'http://evil.test/v1/customers', 'https://[', '*', 'v1/customers', '?'],
  ...['/c/pay/%', '/c/pay/%E0%A4%A', '/p/session/%00', '/i/%zz', '/c/pay/%2e%2e', '/%'],
  ...[
    '/c/pay/..',
    '/c\\pay\\x',
    '/v1',
    '/_sandbox',
    '/v1/customers/%',
    '/_sandbox/events/%/deliver',
  ],
  ...['/c/pay/é', '/c/pay/cs_1?%', '/c/pay/cs_1#x', '/p/session/x/../../i/x', '/v1//customers'],
])('the target %s is refused in one line', async (target) => {
  await expectRefusal('GET', target)
})

test('whatever the target, the sandbox refuses it, shows no stack and lives on', async () => {
  const piece = fc.constantFrom(
    ...['/', '//', '\\', '%', '%2f', '%00', '%zz', '..', '?', '#', '@', ':', '[', ']', '*', 'é'],
    ...['v1', 'c/pay', 'p/session', 'i', '_sandbox', 'customers', 'http:', '127.0.0.1', 'x'],
  )
  const target = fc
    .oneof(
      fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary-ascii', minLength: 1 }),
    )
    // A space or a line end would be another request line, not another target.
    .map((text) => text.replaceAll(/[\s\0-\x20\x7f]/g, '_'))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT'),
      target,
      expectAnswer,
    ),
    { numRuns: 400 },
  )
  expect((await ask(sandbox.port, 'GET /_sandbox/health')).status).toBe(200)
})

async function expectRefusal(method: string, target: string) {
  const { status, body } = await ask(sandbox.port, `${method} ${target}`, KEY)
  expect([400, 404]).toContain(status)
  expect(body).not.toMatch(STACK)
  // A page for people has lines of its own.
  if (!body.startsWith('<!')) expect(messageOf(body).split('\n')).toHaveLength(1)
}

async function expectAnswer(method: string, target: string) {
  const { status, body } = await ask(sandbox.port, `${method} ${target}`, KEY)
  expect(status, target).toBeGreaterThanOrEqual(200)
  expect(status, target).toBeLessThan(500)
  expect(body).not.toMatch(STACK)
}

const STACK = /\n\s+at |TypeError|node:internal|The sandbox itself failed/

function messageOf(body: string): string {
  return body.startsWith('{')
    ? (JSON.parse(body).error.message ?? JSON.parse(body).error)
    : body.trim()
}

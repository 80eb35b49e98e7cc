import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { ask } from '@/sandbox/test/raw-request'

let sandbox: RunningSandbox

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0 })
})

afterEach(() => sandbox.stop())

const KEY = { Authorization: 'Bearer sk_test_local' }
const LINES = ['POST /v1/customers', 'POST /_sandbox/clock']

test.each(LINES)('%s refuses a body that says it is too long, before it comes', async (line) => {
  const headers = { ...KEY, 'Content-Length': String(1024 * 1024 + 1) }
  expect((await ask(sandbox.port, line, headers)).status).toBe(413)
})

test.each(LINES)('%s refuses a body without end after its first mebibyte', async (line) => {
  const { status, sent } = await pour(line)
  expect(status).toBe(413)
  // What is on its way in the system's own buffers when the answer comes; far from all of it.
  expect(sent).toBeLessThan(32 * 1024 * 1024)
})

test('a body of exactly one mebibyte is read', async () => {
  const body = `name=${'x'.repeat(1024 * 1024 - 5)}`
  const headers = { ...KEY, 'Content-Length': String(body.length) }
  expect((await ask(sandbox.port, 'POST /v1/customers', headers, body)).status).not.toBe(413)
})

test('a form of a hundred thousand fields is refused at once', async () => {
  const body = 'expand[]=a&'.repeat(90_000)
  const headers = { ...KEY, 'Content-Length': String(body.length) }
  const began = performance.now()
  const { status } = await ask(sandbox.port, 'POST /v1/customers', headers, body)
  expect(status).toBe(400)
  expect(performance.now() - began).toBeLessThan(5_000)
})

/** Sends chunks until the sandbox answers or 256 MiB are gone. */
function pour(line: string): Promise<{ status: number; sent: number }> {
  const chunk = 'x'.repeat(64 * 1024)
  const head = `${line} HTTP/1.1\r\nHost: 127.0.0.1:${sandbox.port}\r\nAuthorization: ${KEY.Authorization}\r\nTransfer-Encoding: chunked\r\n\r\n`
  return new Promise((resolve) => {
    let sent = 0
    let answer = ''
    const socket = connect(sandbox.port, '127.0.0.1')
    const more = () => {
      while (answer === '' && !socket.destroyed && sent < 256 * 1024 * 1024) {
        sent += chunk.length
        if (!socket.write(`10000\r\n${chunk}\r\n`)) return
      }
    }
    socket.on('connect', () => {
      socket.write(head)
      more()
    })
    socket.on('drain', more)
    socket.on('data', (data) => {
      answer += data
      socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve({ status: Number(answer.split(' ')[1] ?? 0), sent }))
  })
}

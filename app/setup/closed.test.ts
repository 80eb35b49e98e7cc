import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeAllButSetup } from './closed'

let server: Server
let base: string
const { emit } = Object.getPrototypeOf(createServer()) as Server

beforeAll(async () => {
  closeAllButSetup()
  server = createServer((request, response) => response.end(`served ${request.url}`))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
  Object.getPrototypeOf(server).emit = emit
})

describe('a deployment without its variables', () => {
  it.each(['/setup', '/setup?_rsc=1x', '/icon', '/_next/static/chunks/0a_~b.js'])(
    'serves %s',
    async (path) => {
      expect(await (await fetch(base + path)).text()).toBe(`served ${path}`)
    },
  )

  it.each(['/', '/pricing', '/sign-in', '/settings/billing', '/console', '/setup/x', '/nowhere'])(
    'answers a browser that opens %s with a page that leads to /setup, and 503',
    async (path) => {
      const answer = await fetch(base + path, { headers: { accept: 'text/html,*/*' } })
      expect(answer.status).toBe(503)
      expect(answer.headers.get('content-type')).toContain('text/html')
      expect(await answer.text()).toContain('href="/setup"')
    },
  )

  it.each([
    ['POST', '/api/webhooks/stripe'],
    ['GET', '/api/health'],
    ['GET', '/api/billing/status'],
    ['GET', '//api//cron/drain'],
    ['POST', '/setup'],
    ['DELETE', '/'],
  ])('answers %s %s with 503 in JSON, so that it is tried again', async (method, path) => {
    const answer = await fetch(base + path, { method, headers: { accept: '*/*' } })
    expect([answer.status, await answer.json()]).toEqual([503, { error: 'unavailable' }])
    expect(answer.headers.get('retry-after')).toBe('60')
  })

  // fetch and browsers take the dots away before they ask.
  it.each([
    '/_next/static/../../pricing',
    '/_next/static/../../api/health',
    '/_next/static/./x.js',
    '/_next/static/..',
    '/_next/static/chunks/..?x=1',
    '/_next/static/%2e%2e/%2E%2e/pricing',
    '/_next/static/.%2e/..%2f../pricing',
    '/_next/static/..\\..\\pricing',
    '/_next/static//..//../pricing',
    'http://x/_next/static/../../pricing',
    '/x/../setup',
  ])('serves nothing behind dots, whatever sends them as they are: %s', async (path) => {
    expect(await statusOf(path)).toBe(503)
  })

  it('serves a file whose name has dots', async () => {
    expect(await statusOf('/_next/static/chunks/a..b.js')).toBe(200)
    expect(await statusOf('/_next/static/.x/...js')).toBe(200)
  })

  it('takes no path out of the folder that it serves', async () => {
    for (const path of ['/_next/image?url=/x', '/_next/data/x.json', '/_next/static/%2e%2e/x'])
      expect((await fetch(base + path)).status, path).toBe(503)
  })
})

/** What a request for this very target is answered with, without what a client would make of it. */
function statusOf(target: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    })
    socket.once('data', (data) => resolve(Number(`${data}`.split(' ')[1])))
    socket.once('error', reject)
  })
}

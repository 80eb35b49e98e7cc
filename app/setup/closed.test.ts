import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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

  it('takes no path out of the folder that it serves', async () => {
    for (const path of ['/_next/image?url=/x', '/_next/data/x.json', '/_next/static/%2e%2e/x'])
      expect((await fetch(base + path)).status, path).toBe(503)
  })
})

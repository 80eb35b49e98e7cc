import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepFromRedirecting, straightPath } from './no-redirect'

describe('the path that a request means', () => {
  test.each([
    ['/api/webhooks/stripe', '/api/webhooks/stripe'],
    ['//api/webhooks/stripe', '/api/webhooks/stripe'],
    ['/api//webhooks///stripe//', '/api/webhooks/stripe/'],
    ['/api\\webhooks\\stripe', '/api/webhooks/stripe'],
    ['http://app.example.com//api/webhooks/stripe?a=1', '/api/webhooks/stripe?a=1'],
    ['HTTPS://app.example.com/api/webhooks/stripe', '/api/webhooks/stripe'],
    ['//api/webhooks/stripe?next=//x&y=\\z?', '/api/webhooks/stripe?next=//x&y=\\z?'],
    ['*', '*'],
    ['', ''],
  ])('%j', (target, path) => {
    expect(straightPath(target)).toBe(path)
  })
})

describe('a server', () => {
  const server = createServer((asked, answer) => {
    answer.end(JSON.stringify({ url: asked.url, rsc: asked.headers.rsc ?? null }))
  })

  beforeAll(async () => {
    keepFromRedirecting()
    keepFromRedirecting()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => void server.close())

  async function ask(method: string, path: string) {
    // Safe: a server that listens on a port has an address with one.
    const { port } = server.address() as AddressInfo
    const sent = request({ host: '127.0.0.1', port, method, path, headers: { RSC: '1' } }).end()
    const [answer] = await once(sent, 'response')
    const text = (await answer.toArray()).join('')
    return { status: answer.statusCode, ...(text && JSON.parse(text)) }
  }

  test('sees an API route by its one address, and nothing that would make a page of it', async () => {
    const seen = { status: 200, url: '/api/webhooks/stripe?a=1', rsc: null }
    expect(await ask('POST', '//api/webhooks/stripe?a=1')).toEqual(seen)
  })

  test('sees everything else as it was asked', async () => {
    const seen = { status: 200, url: '//pricing', rsc: '1' }
    expect(await ask('GET', '//pricing')).toEqual(seen)
  })

  test('takes no method of which Next can make no request', async () => {
    expect(await ask('TRACE', '/api/webhooks/stripe')).toEqual({ status: 405 })
  })
})

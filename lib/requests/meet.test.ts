import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '@/lib/log'
import { ask } from '@/sandbox/test/raw-request'
import { contentPolicy } from './content-policy'
import { ELSEWHERE, meetRequests } from './meet'
import { peerHeader } from './peer-header'

const APP_URL = 'https://app.example.com'
let seen: IncomingMessage[]
let port: number
let leave = () => {}
const server = createServer((request, response) => {
  seen.push(request)
  response.setHeader('Content-Security-Policy', contentPolicy([]))
  response.end()
})

beforeEach(async () => {
  seen = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Of a TCP server it is never a path.
  port = (server.address() as AddressInfo).port
})

afterEach(async () => {
  leave()
  vi.restoreAllMocks()
  await new Promise((resolve) => server.close(resolve))
})

describe('a request', () => {
  test('carries the other end of its socket, whatever its sender writes', async () => {
    leave = meetRequests({ appUrl: APP_URL, appEnv: 'production', devTools: false })
    await ask(port, 'GET /a', { 'X-Forwarded-For': '203.0.113.9', 'X-Peer': '203.0.113.9' })
    expect(seen[0]?.headers[peerHeader()]).toBe('127.0.0.1')
    expect(seen[0]?.headers['x-forwarded-for']).toBe('203.0.113.9')
    expect(seen[0]?.url).toBe('/a')
  })

  test('that was not looked at carries nothing', async () => {
    await ask(port, 'GET /a', {})
    expect(seen[0]?.headers[peerHeader()]).toBeUndefined()
  })

  test('of a rebound name is led away in development, and with nothing that it brought', async () => {
    leave = meetRequests({ appUrl: APP_URL, appEnv: 'development', devTools: false })
    for (const line of ['GET /dev/mail', 'POST /pricing', 'GET /_next/static/chunks/app.js']) {
      const headers = { Host: `evil.example:${port}`, Cookie: 'session=1', 'Next-Action': 'x' }
      await ask(port, line, headers)
    }
    expect(seen.map(({ url, method }) => `${method} ${url}`)).toEqual(
      Array(3).fill(`GET ${ELSEWHERE}`),
    )
    for (const { headers } of seen) expect(Object.keys(headers)).toEqual(['host'])
  })

  test('for this machine or the public address goes on in development', async () => {
    leave = meetRequests({ appUrl: APP_URL, appEnv: 'development', devTools: false })
    for (const Host of [`localhost:${port}`, 'app.example.com']) await ask(port, 'GET /a', { Host })
    expect(seen.map(({ url }) => url)).toEqual(['/a', '/a'])
  })

  test('goes on under any name where a proxy may stand before', async () => {
    leave = meetRequests({ appUrl: APP_URL, appEnv: 'production', devTools: false })
    await ask(port, 'GET /a', { Host: 'internal-lb:8080' })
    expect(seen[0]?.url).toBe('/a')
  })
})

test('forms may end at a sandbox on this machine where there is one, and in no other answer', async () => {
  for (const devTools of [false, true]) {
    leave = meetRequests({ appUrl: APP_URL, appEnv: 'test', devTools })
    const { headers } = await fetch(`http://127.0.0.1:${port}/pricing`)
    leave()
    expect(headers.get('content-security-policy')?.includes('http://127.0.0.1:*')).toBe(devTools)
  }
})

test('an answer of the API, which has no form, is left as it is', async () => {
  leave = meetRequests({ appUrl: APP_URL, appEnv: 'test', devTools: true })
  const { headers } = await fetch(`http://127.0.0.1:${port}/api/webhooks/stripe`)
  expect(headers.get('content-security-policy')).toBe(contentPolicy([]))
})

test('a form at another address than APP_URL is reported once, with what to set', async () => {
  const warned = vi.spyOn(log, 'warn').mockReturnValue()
  leave = meetRequests({ appUrl: APP_URL, appEnv: 'production', devTools: false })
  const own = { 'Sec-Fetch-Site': 'same-origin' }
  await ask(port, 'POST /pricing', { ...own, Origin: APP_URL })
  await ask(port, 'POST /pricing', {
    Origin: 'https://evil.example',
    'Sec-Fetch-Site': 'cross-site',
  })
  expect(warned).not.toHaveBeenCalled()
  for (let n = 0; n < 3; n += 1)
    await ask(port, 'POST /pricing', { ...own, Origin: 'https://www.example.com' })
  expect(warned).toHaveBeenCalledTimes(1)
  expect(warned).toHaveBeenCalledWith(
    { origin: 'https://www.example.com', appUrl: APP_URL },
    expect.stringContaining('set APP_URL'),
  )
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainOutdatedForms } from './outdated-forms'

// As Next answers it, and any other request.
const server = createServer((request, response) => {
  explainOutdatedForms(request, response)
  if (request.headers['x-knows']) {
    response.setHeader('content-type', 'text/plain')
    return response.end('done')
  }
  response.setHeader('x-nextjs-action-not-found', '1')
  response.setHeader('content-type', 'text/plain')
  response.statusCode = 409
  response.end('Server Action unavailable.')
})
let base: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Of a TCP server it is never a path.
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const FORM = { method: 'POST', redirect: 'manual' } as const
const post = (path: string, headers: Record<string, string>) =>
  fetch(`${base}${path}`, { ...FORM, headers, body: 'x' })

describe('a form that this build does not know', () => {
  test('leads a browser without scripts to a page, with the way back', async () => {
    const answer = await post('/pricing?code=A%26B', { accept: 'text/html,*/*' })
    expect(answer.status).toBe(303)
    const to = new URL(answer.headers.get('location') ?? '', base)
    expect(to.pathname).toBe('/outdated')
    expect(to.searchParams.get('from')).toBe('/pricing?code=A%26B')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('answers a script, and a program, as Next does', async () => {
    for (const headers of [{ accept: 'text/html', 'next-action': 'x' }, { accept: '*/*' }]) {
      const answer = await post('/pricing', headers as Record<string, string>)
      expect(answer.status).toBe(409)
      expect(answer.headers.get('location')).toBeNull()
    }
  })
})

test('a form that is known is answered as ever', async () => {
  const answer = await post('/pricing', { accept: 'text/html', 'x-knows': '1' })
  expect([answer.status, await answer.text()]).toEqual([200, 'done'])
})

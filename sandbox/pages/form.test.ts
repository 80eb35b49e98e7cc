import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { readForm } from './form'

function posted(headers: Record<string, string>, body = 'a=1&b=%C3%A9'): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.headers = {
    host: '127.0.0.1:12111',
    'content-type': 'application/x-www-form-urlencoded',
    ...headers,
  }
  request.push(body)
  request.push(null)
  return request
}

describe('a posted form', () => {
  it.each([
    {},
    { origin: 'http://127.0.0.1:12111', 'sec-fetch-site': 'same-origin' },
    { origin: 'http://127.0.0.1:12111' },
  ])('from its own page, or from no browser, is read: %j', async (headers) => {
    const form = await readForm(posted(headers))
    expect([...form]).toEqual([
      ['a', '1'],
      ['b', 'é'],
    ])
  })

  it.each([
    { origin: 'http://evil.test' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:3000' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://127.0.0.1:12111', 'sec-fetch-site': 'cross-site' },
  ])('from another site is refused: %j', async (headers) => {
    await expect(readForm(posted(headers))).rejects.toMatchObject({ status: 403 })
  })

  it('that is no form, or too large, is refused', async () => {
    await expect(readForm(posted({ 'content-type': 'application/json' }))).rejects.toMatchObject({
      status: 415,
    })
    await expect(readForm(posted({}, 'x'.repeat(70_000)))).rejects.toMatchObject({ status: 413 })
  })
})

import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { varyByCookie } from './vary-by-cookie'

function varyOf(url: string, value: string | string[]): string {
  const request = Object.assign(new IncomingMessage(new Socket()), { url })
  const response = new ServerResponse(request)
  varyByCookie(request, response)
  response.setHeader('Vary', value)
  return String(response.getHeader('vary'))
}

test('the page of the plans depends on the cookie, whatever Next says that it depends on', () => {
  for (const url of ['/pricing', '/pricing?code=A']) {
    expect(varyOf(url, 'rsc')).toBe('rsc, Cookie')
    expect(varyOf(url, ['rsc', 'next-url'])).toBe('rsc, next-url, Cookie')
    expect(varyOf(url, 'rsc, cookie')).toBe('rsc, cookie')
  }
})

test('no other page is kept from a cache by that', () => {
  for (const url of ['/', '/pricing/x', '/sign-in?return=/pricing'])
    expect(varyOf(url, 'rsc')).toBe('rsc')
})

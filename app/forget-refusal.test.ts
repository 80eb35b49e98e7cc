import { NextRequest } from 'next/server'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { proxy } from '@/proxy'

const world = vi.hoisted(() => ({ appUrl: 'https://app.example.com' }))
vi.mock('@/lib/env', () => ({ env: () => ({ appUrl: world.appUrl }) }))

beforeEach(() => {
  world.appUrl = 'https://app.example.com'
})

function answerTo(query: string, cookie: string, method = 'GET') {
  const url = `${world.appUrl}/settings/billing${query}`
  return proxy(new NextRequest(url, { method, headers: { cookie } }))
}

describe('a page that says why a form was refused', () => {
  test.each([
    ['https://app.example.com', '__Host-', '; Secure'],
    ['http://localhost:3000', '', ''],
  ])('at %s, takes the cookie away with which it does', (appUrl, prefix, secure) => {
    world.appUrl = appUrl
    const name = `${prefix}refusal.0123abcd`
    const answer = answerTo('?error=conflict&ref=0123abcd', `${name}=sealed; ${prefix}other=1`)
    expect(answer.headers.getSetCookie()).toEqual([
      `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`,
    ])
    // Next would hide it from the page that is about to read it.
    expect(answer.headers.get('x-middleware-set-cookie')).toBeNull()
  })

  test('takes away what was typed, too, which it has put back into its form', () => {
    const name = '__Host-typed.0123abcd'
    expect(
      answerTo('?error=signed_out&ref=0123abcd', `${name}=sealed`).headers.getSetCookie(),
    ).toEqual([`${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure`])
  })

  test.each([
    ['of another refusal', '?error=conflict&ref=89abcdef', 'GET'],
    ['of no refusal', '', 'GET'],
    ['of one whose form is only sent now', '?error=conflict&ref=0123abcd', 'POST'],
  ])('leaves the cookie %s', (_, query, method) => {
    const answer = answerTo(query, '__Host-refusal.0123abcd=sealed', method)
    expect(answer.headers.getSetCookie()).toEqual([])
  })
})

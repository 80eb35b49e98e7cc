import { NextRequest } from 'next/server'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { findSessionUser } from '@/db/queries/sessions'
import { sessions, verificationTokens } from '@/db/schema/auth'
import { Unavailable } from '@/lib/errors'
import { log } from '@/lib/log'
import { listCapturedMail } from '@/lib/mail/captured'
import { newBrowser } from './browser.fixture'
import { leaveFor } from './github.fixture'
import { handleAuthRequest } from './handle'
import { nextAuth } from './next-auth'
import { demoSignIn, signInByEmail } from './sign-in'

const APP = 'http://localhost:3000'
const SESSION = 'authjs.session-token'
let browser = newBrowser(APP)

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  const github = { clientId: 'gh-id', clientSecret: 'gh-secret' }
  return { env: () => ({ ...env(), devTools: true, auth: { ...env().auth, github } }) }
})
vi.mock('next/headers', () => ({
  headers: async () => browser.headers(),
  cookies: async () => browser.jar,
}))

beforeEach(() => {
  browser = newBrowser(APP)
})
afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(() => disconnect())

/** Opens a path with a header as it is on the wire. */
const send = (path: string, cookie = '', method = 'GET') =>
  handleAuthRequest(new NextRequest(APP + path, { headers: { cookie }, method }), null)

// Bytes that Postgres has no text for, encodings that mean nothing, and names that objects have.
const BAD = [
  '%00',
  'a%00b',
  '%',
  '%zz',
  '%ff%fe',
  '%ed%a0%80',
  '\xff',
  '"',
  '__proto__',
  '='.repeat(99),
]
const COOKIES = [
  SESSION,
  `${SESSION}.0`,
  'authjs.callback-url',
  'authjs.csrf-token',
  'authjs.state',
  'authjs.pkce.code_verifier',
  'authjs.nonce',
  'second_account',
  'sent_to',
  'anything',
]
const PATHS = [
  '/api/auth/session',
  '/api/auth/csrf',
  '/api/auth/callback/email?token=t&email=ada%40example.com',
  '/api/auth/callback/github?code=c&state=s',
  '/api/auth/signin/github',
]

describe('a request that no browser of ours would send', () => {
  test.each(COOKIES)('is answered in peace when the cookie %s holds nonsense', async (name) => {
    for (const path of PATHS) {
      for (const value of BAD) {
        const { status } = await send(path, `${name}=${value}`)
        expect([200, 302, 303], `${path} with ${name}=${value}`).toContain(status)
      }
    }
  })

  test.each(['\0', 'a\0b', '\ud800', '\xff', '%00', ''])(
    'has no session when its cookie reads %j',
    async (value) => {
      expect(await findSessionUser(value)).toBeNull()
    },
  )

  test.each(BAD)('reads that the link is over when the link says %j', async (value) => {
    for (const query of [`token=t&email=${value}`, `token=${value}&email=ada%40example.com`]) {
      const { headers } = await send(`/api/auth/callback/email?${query}`)
      expect(headers.get('location')).toMatch(/\/sign-in\?error=(Verification|Configuration)$/)
    }
  })

  test.each(['\0', 'javascript:alert(1)', 'nonsense'])(
    'whose cookie with the return address reads %j is refused in words, and the next try goes through',
    async (value) => {
      for (const begin of [
        () => signInByEmail('again@example.com', '/pricing', null),
        () => leaveFor('github', '/pricing'),
      ]) {
        browser.cookies.set('authjs.callback-url', value)
        await expect(begin()).rejects.toThrow(Unavailable)
        await expect(begin()).resolves.not.toThrow()
      }
      expect((await listCapturedMail()).map(({ to }) => to)).toContain('again@example.com')
    },
  )

  test.each([
    '/api/auth/nothing',
    '/api/auth/callback/github/more',
    '/api/auth/%00',
    '/api/auth/callback/google',
    '/api/auth/callback/secret-text?code=c',
    '/api/auth/callback/%65mail?token=t&email=a%40example.com',
    '/api/auth/webauthn-options/github',
  ])('gets “not found” for %s, and writes no line', async (path) => {
    const lines = [vi.spyOn(log, 'error'), vi.spyOn(log, 'warn'), vi.spyOn(log, 'info')]
    expect((await send(path)).status).toBe(404)
    for (const written of lines) expect(written).not.toHaveBeenCalled()
  })

  test('uses no link up by asking for its head, as some mail scanners do', async () => {
    await signInByEmail('head@example.com', '/pricing', null)
    const mail = (await listCapturedMail()).find(({ to }) => to === 'head@example.com')
    const path = `/api/auth/callback/email${new URL(mail?.link ?? '').search}`
    expect((await send(path, '', 'HEAD')).status).toBe(405)
    expect((await send(path)).headers.get('location')).toBe(`${APP}/pricing`)
  })
})

describe('what a copy of the database is worth', () => {
  test('no row of a session is the key to one', async () => {
    await browser.open(await demoSignIn('hashed@example.com'))
    const rows = await db().select().from(sessions)
    const key = browser.cookies.get(SESSION) ?? ''
    expect(key.length).toBeGreaterThan(30)
    expect(JSON.stringify(rows)).not.toContain(key)
    for (const { tokenHash } of rows) {
      browser.cookies.set(SESSION, tokenHash)
      expect(await nextAuth.auth()).toBeNull()
    }
  })

  test('no row of a link opens anything', async () => {
    await signInByEmail('leaked@example.com', '/', null)
    for (const { identifier, token } of await db().select().from(verificationTokens)) {
      const query = new URLSearchParams({ token, email: identifier })
      const { headers } = await send(`/api/auth/callback/email?${query}`)
      expect(headers.get('location')).toContain('error=Verification')
    }
  })

  test('a session is prolonged and ended by its key', async () => {
    await browser.open(await demoSignIn('prolonged@example.com'))
    const past = new Date(Date.now() + 86_400_000)
    await db().update(sessions).set({ expires: past })
    await browser.open('/api/auth/session')
    const ends = (await db().select().from(sessions)).map(({ expires }) => expires.getTime())
    expect(Math.max(...ends)).toBeGreaterThan(Date.now() + 29 * 86_400_000)
    await nextAuth.signOut({ redirect: false })
    expect(await db().select().from(sessions)).toHaveLength(ends.length - 1)
  })
})

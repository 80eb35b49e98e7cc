import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { disconnect } from '@/db/client'
import { newBrowser } from './browser.fixture'
import { leaveFor } from './github.fixture'
import { nextAuth } from './next-auth'

const APP = 'http://localhost:3000'
const GOOGLE = 'https://accounts.google.com'
let browser = newBrowser(APP)

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  const google = { clientId: 'google-id', clientSecret: 'google-secret' }
  return { env: () => ({ ...env(), auth: { ...env().auth, google } }) }
})
vi.mock('next/headers', () => ({
  headers: async () => browser.headers(),
  cookies: async () => browser.jar,
}))

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Plays Google for one account: its discovery, and a token endpoint that says `claims` of the user. */
function playGoogle(claims: object): void {
  const seconds = Math.floor(Date.now() / 1000)
  const all = { iss: GOOGLE, aud: 'google-id', iat: seconds, exp: seconds + 3600, ...claims }
  // Straight from Google over TLS: its signature is not looked at.
  const idToken = `${encoded({ alg: 'RS256' })}.${encoded(all)}.${encoded({})}`
  vi.stubGlobal('fetch', async (input: string | URL | Request) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    if (pathname === '/.well-known/openid-configuration') {
      return Response.json({
        issuer: GOOGLE,
        authorization_endpoint: `${GOOGLE}/o/oauth2/v2/auth`,
        token_endpoint: 'https://oauth2.googleapis.com/token',
        userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
      })
    }
    return Response.json({ access_token: 'ya29', token_type: 'bearer', id_token: idToken })
  })
}

async function throughGoogle(): Promise<string | null> {
  const target = await leaveFor('google', '/pricing')
  const query = new URLSearchParams({ code: 'c', state: target.searchParams.get('state') ?? '' })
  const { headers } = await browser.open(`/api/auth/callback/google?${query}`)
  return headers.get('location')
}

beforeEach(() => {
  browser = newBrowser(APP)
})
afterEach(() => {
  vi.unstubAllGlobals()
})
afterAll(() => disconnect())

describe('signing in with Google', () => {
  test('opens an account for an address that Google has verified', async () => {
    playGoogle({ sub: '1', email: 'Ada@Google.example', email_verified: true, name: 'Ada' })
    expect(await throughGoogle()).toBe(`${APP}/pricing`)
    expect(await nextAuth.auth()).toMatchObject({ user: { email: 'ada@google.example' } })
  })

  test.each([false, 'false', 'true', 1, null, undefined, {}])(
    'opens no account when Google says %j of the address',
    async (said) => {
      playGoogle({ sub: '2', email: 'victim@example.com', email_verified: said, name: 'Eve' })
      expect(await throughGoogle()).toBe(
        `${APP}/sign-in?error=EmailNotVerified&provider=google&return=%2Fpricing`,
      )
      expect(await nextAuth.auth()).toBeNull()
    },
  )

  test('opens no account for a user without an address at Google', async () => {
    playGoogle({ sub: '3', email_verified: true, name: 'Eve' })
    expect(await throughGoogle()).toContain('error=EmailNotVerified')
  })
})

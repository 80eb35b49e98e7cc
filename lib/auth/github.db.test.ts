import { NextRequest } from 'next/server'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { disconnect } from '@/db/client'
import { handleAuthRequest } from './handle'
import { nextAuth } from './next-auth'
import { demoSignIn, signInWith } from './sign-in'

const APP = 'http://localhost:3000'
const cookies = new Map<string, string>()

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  const github = { clientId: 'gh-id', clientSecret: 'gh-secret' }
  return { env: () => ({ ...env(), showcase: true, auth: { ...env().auth, github } }) }
})
vi.mock('next/headers', () => ({
  headers: async () =>
    new Headers({ host: 'localhost:3000', 'x-forwarded-proto': 'http', cookie: cookieHeader() }),
  cookies: async () => ({ set: (name: string, value: string) => void cookies.set(name, value) }),
}))

function cookieHeader(): string {
  return [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
}

async function open(path: string): Promise<string | null> {
  const headers = { cookie: cookieHeader() }
  const response = await handleAuthRequest(new NextRequest(APP + path, { headers }), null)
  for (const line of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
    cookies.set(name, decodeURIComponent(value))
  }
  return response.headers.get('location')
}

type Email = { email: string; primary: boolean; verified: boolean }

/** Plays GitHub for one account: its token, profile and addresses. */
function playGitHub(id: number, emails: Email[]): void {
  vi.stubGlobal('fetch', async (input: string | URL | Request) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    if (pathname === '/user') return Response.json({ id, login: 'ada', email: emails[0]?.email })
    if (pathname === '/user/emails') return Response.json(emails)
    return Response.json({ access_token: 'gho_1', token_type: 'bearer', scope: 'user:email' })
  })
}

/** Presses the button, agrees at GitHub, and comes back. */
async function throughGitHub(changeState: (state: string) => string = (state) => state) {
  const redirect = await signInWith('github', '/pricing').catch(
    (thrown: { digest: string }) => thrown,
  )
  const target = new URL(redirect.digest.split(';').find((part) => part.startsWith('https:')) ?? '')
  const state = changeState(target.searchParams.get('state') ?? '')
  const to = await open(`/api/auth/callback/github?${new URLSearchParams({ code: 'c', state })}`)
  return { target, to }
}

beforeEach(() => cookies.clear())
afterEach(() => {
  vi.unstubAllGlobals()
})
afterAll(() => disconnect())

describe('signing in with GitHub', () => {
  test('brings back to where one was going, with state and PKCE on the way', async () => {
    playGitHub(1, [{ email: 'Ada@GitHub.example', primary: true, verified: true }])
    const { target, to } = await throughGitHub()
    expect(target.origin + target.pathname).toBe('https://github.com/login/oauth/authorize')
    expect(target.searchParams.get('redirect_uri')).toBe(`${APP}/api/auth/callback/github`)
    expect(target.searchParams.get('code_challenge_method')).toBe('S256')
    expect(to).toBe(`${APP}/pricing`)
    expect(await nextAuth.auth()).toMatchObject({ user: { email: 'ada@github.example' } })
  })

  test('without a verified address opens no account', async () => {
    playGitHub(2, [{ email: 'victim@example.com', primary: true, verified: false }])
    expect((await throughGitHub()).to).toBe(`${APP}/sign-in?error=AccessDenied`)
    expect(await nextAuth.auth()).toBeNull()
  })

  test('does not enter an account that somebody opened by mail', async () => {
    await open(await demoSignIn('owner@example.com'))
    cookies.clear()
    playGitHub(3, [{ email: 'owner@example.com', primary: true, verified: true }])
    expect((await throughGitHub()).to).toBe(`${APP}/sign-in?error=OAuthAccountNotLinked`)
    expect(await nextAuth.auth()).toBeNull()
  })

  test('with a state that is not ours ends on the sign-in page', async () => {
    playGitHub(4, [{ email: 'state@example.com', primary: true, verified: true }])
    expect((await throughGitHub(() => 'forged')).to).toMatch(
      /^http:\/\/localhost:3000\/sign-in\?error=/,
    )
    expect(await nextAuth.auth()).toBeNull()
  })
})

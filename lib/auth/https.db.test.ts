import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { accounts, users } from '@/db/schema/auth'
import { newBrowser } from './browser.fixture'
import { leaveFor, playGitHub, throughGitHub } from './github.fixture'
import { nextAuth } from './next-auth'
import { demoSignIn } from './sign-in'

const APP = 'https://app.example.com'
const SESSION = '__Host-authjs.session-token'
let browser = newBrowser(APP)

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  const github = { clientId: 'gh-id', clientSecret: 'gh-secret' }
  return {
    env: () => ({ ...env(), appUrl: APP, devTools: true, auth: { ...env().auth, github } }),
  }
})
vi.mock('next/headers', () => ({
  headers: async () => browser.headers(),
  cookies: async () => browser.jar,
}))
vi.stubEnv('AUTH_URL', APP)

beforeEach(() => {
  browser = newBrowser(APP)
})
afterEach(() => {
  vi.unstubAllGlobals()
})
afterAll(() => disconnect())

describe('on a site with https', () => {
  test('every cookie of a sign-in is one that only this host can have set', async () => {
    playGitHub(1, [{ email: 'ada@example.com', primary: true, verified: true }])
    expect((await throughGitHub(browser)).to).toBe(`${APP}/pricing`)
    await browser.open('/api/auth/csrf')
    await browser.open(await demoSignIn('ada@example.com'))
    const names = new Set(browser.set.map((line) => line.split('=')[0]))
    expect([...names].toSorted()).toEqual([
      '__Host-authjs.callback-url',
      '__Host-authjs.csrf-token',
      '__Host-authjs.pkce.code_verifier',
      SESSION,
      '__Host-authjs.state',
    ])
    // Without these a browser throws such a cookie away.
    for (const line of browser.set) {
      expect(line).toMatch(/Secure|"secure":true/)
      expect(line).toMatch(/Path=\/;|"path":"\/"/)
      expect(line).not.toMatch(/domain/i)
    }
  })

  test('a callback that a sibling sub-domain prepared signs no user in and links nothing', async () => {
    // The attacker goes as far as coming back, on a machine of their own.
    playGitHub(2, [{ email: 'attacker@example.com', primary: true, verified: true }])
    const attacker = browser
    const target = await leaveFor('github', '/pricing')
    const state = target.searchParams.get('state') ?? ''
    // The victim is signed in; what the sub-domain can plant there has no `__Host-` in its name.
    browser = newBrowser(APP)
    await browser.open(await demoSignIn('victim@example.com'))
    const key = browser.cookies.get(SESSION)
    for (const [name, value] of attacker.cookies) {
      for (const prefix of ['__Secure-', '']) {
        browser.cookies.set(name.replace('__Host-', prefix), value)
      }
    }
    const query = new URLSearchParams({ code: 'c', state })
    const response = await browser.open(`/api/auth/callback/github?${query}`)
    expect(response.headers.get('location')).toContain('/sign-in?error=OAuthCallbackError')
    expect(browser.cookies.get(SESSION)).toBe(key)
    expect(await nextAuth.auth()).toMatchObject({ user: { email: 'victim@example.com' } })
    expect(await db().select().from(accounts).where(eq(accounts.providerAccountId, '2'))).toEqual(
      [],
    )
  })

  test('a session cookie that a sibling sub-domain planted signs no user in', async () => {
    await browser.open(await demoSignIn('attacker@example.com'))
    const key = browser.cookies.get(SESSION) ?? ''
    browser = newBrowser(APP)
    for (const name of ['__Secure-authjs.session-token', 'authjs.session-token']) {
      browser.cookies.set(name, key)
    }
    expect(await nextAuth.auth()).toBeNull()
    expect((await db().select().from(users)).length).toBeGreaterThan(0)
  })
})

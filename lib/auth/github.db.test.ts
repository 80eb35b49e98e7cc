import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { accounts, users } from '@/db/schema/auth'
import { newBrowser } from './browser.fixture'
import { playGitHub, throughGitHub } from './github.fixture'
import { nextAuth } from './next-auth'
import { openAccount } from './open-account'
import { openByEmail } from './open-by-email'
import { readSecondAccount } from './second-account'
import { demoSignIn } from './sign-in'

const APP = 'http://localhost:3000'
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

async function linkedTo(providerAccountId: string) {
  return db()
    .select({ id: users.id, email: users.email })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(eq(accounts.providerAccountId, providerAccountId))
}

beforeEach(() => {
  browser = newBrowser(APP)
})
afterEach(() => {
  vi.unstubAllGlobals()
})
afterAll(() => disconnect())

describe('signing in with GitHub', () => {
  test('brings back to where one was going, with state and PKCE on the way', async () => {
    playGitHub(1, [{ email: 'Ada@GitHub.example', primary: true, verified: true }])
    const { target, to } = await throughGitHub(browser)
    expect(target.origin + target.pathname).toBe('https://github.com/login/oauth/authorize')
    expect(target.searchParams.get('redirect_uri')).toBe(`${APP}/api/auth/callback/github`)
    expect(target.searchParams.get('code_challenge_method')).toBe('S256')
    expect(to).toBe(`${APP}/pricing`)
    expect(await nextAuth.auth()).toMatchObject({ user: { email: 'ada@github.example' } })
  })

  test('opens one account, however often the user comes, and writes down that it did', async () => {
    playGitHub(10, [{ email: 'often@example.com', primary: true, verified: true }])
    await throughGitHub(browser)
    browser.cookies.clear()
    playGitHub(10, [{ email: 'moved@example.com', primary: true, verified: true }])
    expect((await throughGitHub(browser)).to).toBe(`${APP}/pricing`)
    const [user, ...others] = await linkedTo('10')
    expect(others).toEqual([])
    expect(user?.email).toBe('often@example.com')
    expect(await listAudit(`user:${user?.id}`)).toMatchObject([
      { action: 'user.create', actor: { type: 'user', id: user?.id }, after: { method: 'github' } },
    ])
    expect(JSON.stringify(await listAudit(`user:${user?.id}`))).not.toContain('example.com')
  })

  test.each([
    ['not verified', { primary: true, verified: false }],
    ['verified in text', { primary: true, verified: 'false' }],
    ['verified by a number', { primary: true, verified: 1 }],
    ['not the primary one', { primary: 'true', verified: true }],
  ])('opens no account for an address that is %s', async (_, said) => {
    playGitHub(2, [{ email: 'victim@example.com', ...said }])
    expect((await throughGitHub(browser)).to).toBe(
      `${APP}/sign-in?error=EmailNotVerified&provider=github&return=%2Fpricing`,
    )
    expect(await nextAuth.auth()).toBeNull()
    expect(await linkedTo('2')).toEqual([])
  })

  test('opens no account for an address that we could not write to', async () => {
    playGitHub(20, [{ email: '"e@evil.example"@example.com', primary: true, verified: true }])
    expect((await throughGitHub(browser)).to).toContain('error=EmailNotVerified')
  })

  test('bears a name that Postgres has no text for', async () => {
    playGitHub(21, [{ email: 'nul@example.com', primary: true, verified: true }], {
      name: 'A\u0000da \ud800L',
    })
    expect((await throughGitHub(browser)).to).toBe(`${APP}/pricing`)
    expect(await nextAuth.auth()).toMatchObject({ user: { name: 'Ada L' } })
  })

  test('while another account is signed in links nothing to it: the browser changes accounts', async () => {
    await browser.open(await demoSignIn('victim@example.com'))
    const before = browser.cookies.get('authjs.session-token')
    playGitHub(5, [{ email: 'attacker@example.com', primary: true, verified: true }])
    expect((await throughGitHub(browser)).to).toBe(`${APP}/pricing`)
    expect(await nextAuth.auth()).toMatchObject({ user: { email: 'attacker@example.com' } })
    expect(await linkedTo('5')).toMatchObject([{ email: 'attacker@example.com' }])
    expect(browser.cookies.get('authjs.session-token')).not.toBe(before)
  })

  // next-auth joins every cookie whose name begins as the session's does.
  test.each(['authjs.session-token', 'authjs.session-token.0', ' authjs.session-token'])(
    'links nothing to a session that comes as the cookie %j',
    async (name) => {
      await browser.open(await demoSignIn('victim@example.com'))
      const key = browser.cookies.get('authjs.session-token') ?? ''
      browser.cookies.delete('authjs.session-token')
      browser.cookies.set(name, key)
      playGitHub(50, [{ email: 'attacker50@example.com', primary: true, verified: true }])
      await throughGitHub(browser)
      expect(await linkedTo('50')).toMatchObject([{ email: 'attacker50@example.com' }])
    },
  )

  test('keeps no token of GitHub’s: they open what this application never asks for again', async () => {
    playGitHub(6, [{ email: 'tokens@example.com', primary: true, verified: true }])
    await throughGitHub(browser)
    expect(JSON.stringify(await db().select().from(accounts))).not.toContain('gho_1')
  })

  test('five first sign-ins at once open one account, and none is refused', async () => {
    const identity = { provider: 'github', providerAccountId: '7', name: null }
    const vouched = { ...identity, email: 'twice@example.com' }
    const opened = await Promise.all(Array.from({ length: 5 }, () => openAccount(vouched)))
    expect(opened).toEqual(Array(5).fill({ kind: 'open' }))
    expect(await linkedTo('7')).toHaveLength(1)
  })

  test('of GitHub and a link for one address at once, each opens it or says that it is open', async () => {
    const vouched = { provider: 'github', providerAccountId: '8', name: null }
    const [opened, user] = await Promise.all([
      openAccount({ ...vouched, email: 'both@example.com' }),
      openByEmail('both@example.com'),
    ])
    expect(user.email).toBe('both@example.com')
    expect(await linkedTo('8')).toHaveLength(opened.kind === 'open' ? 1 : 0)
    expect(['open', 'taken']).toContain(opened.kind)
  })

  test('with an address that has an account leads to a page that says how to get into that one', async () => {
    await browser.open(await demoSignIn('owner@example.com'))
    browser.cookies.clear()
    playGitHub(3, [{ email: 'Owner@example.com', primary: true, verified: true }])
    expect((await throughGitHub(browser)).to).toBe(
      `${APP}/sign-in?error=SecondAccount&return=%2Fpricing`,
    )
    expect(await nextAuth.auth()).toBeNull()
    expect(await linkedTo('3')).toEqual([])
    expect(await readSecondAccount()).toEqual({
      provider: 'github',
      email: 'owner@example.com',
      methods: ['email'],
    })
  })

  test.each([
    ['is not ours', 'forged'],
    ['is missing', ''],
  ])('with a state that %s ends on the sign-in page, which says to try again', async (_, state) => {
    playGitHub(4, [{ email: 'state@example.com', primary: true, verified: true }])
    expect((await throughGitHub(browser, () => state)).to).toMatch(
      /^http:\/\/localhost:3000\/sign-in\?error=OAuthCallbackError&/,
    )
    expect(await nextAuth.auth()).toBeNull()
  })

  test('in a browser that never began it ends on the sign-in page, which says to try again', async () => {
    const { headers } = await browser.open('/api/auth/callback/github?code=c&state=s')
    expect(headers.get('location')).toBe(`${APP}/sign-in?error=OAuthCallbackError`)
  })
})

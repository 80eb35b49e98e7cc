import { and, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { accounts, sessions, users, verificationTokens } from '@/db/schema/auth'
import { type Actor, systemActor, userActor } from '@/lib/audit/actor'
import { Conflict, Unauthenticated } from '@/lib/errors'
import { listCapturedMail } from '@/lib/mail/captured'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { newBrowser } from './browser.fixture'
import { playGitHub, throughGitHub } from './github.fixture'
import { nextAuth } from './next-auth'
import { readSignInMethods } from './read-methods'
import { removeSignInMethod } from './remove-method'
import { signInByEmail } from './sign-in'
import { turnLinksOn } from './turn-links-on'

const APP = 'http://localhost:3000'
const SESSION = 'authjs.session-token'
const github = { clientId: 'gh-id', clientSecret: 'gh-secret' }
const place = { github: github as typeof github | null, devTools: true }
let browser = newBrowser(APP)
let people = 0
let email = ''

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  return {
    env: () => ({
      ...env(),
      devTools: place.devTools,
      auth: { ...env().auth, github: place.github },
    }),
  }
})
vi.mock('next/headers', () => ({
  headers: async () => browser.headers(),
  cookies: async () => browser.jar,
}))

beforeEach(() => {
  browser = newBrowser(APP)
  people += 1
  email = `person${people}@example.com`
})
afterEach(() => {
  vi.unstubAllGlobals()
  place.github = github
  place.devTools = true
})
afterAll(() => disconnect())

const own = (id: string) => userActor(id, personalWorkspaceOf(id))
const key = () => browser.cookies.get(SESSION) ?? ''
const summary = async (id: string) =>
  (await readSignInMethods(id)).map((method) => [method.id, method.works, method.removable])
const auditOf = async (id: string) =>
  (await listAudit(`user:${id}`)).map(({ action, before, after }) => ({ action, before, after }))

/** Opens an account with GitHub, and answers whose it is. */
async function openedWithGitHub(): Promise<{ id: string; actor: Actor }> {
  playGitHub(people, [{ email, primary: true, verified: true }])
  await throughGitHub(browser)
  const [user] = await db().select().from(users).where(eq(users.email, email))
  if (!user) throw new Error('No account was opened.')
  return { id: user.id, actor: own(user.id) }
}

async function mailedLink(): Promise<string> {
  await signInByEmail(email, '/pricing', null)
  const mail = (await listCapturedMail()).find(({ to }) => to === email)
  return `/api/auth/callback/email${new URL(mail?.link ?? APP).search}`
}

describe('the owner of an account that was opened with GitHub', () => {
  test('sees GitHub and the address, since when, and can remove either', async () => {
    const { id } = await openedWithGitHub()
    expect(await readSignInMethods(id)).toEqual([
      { id: 'email', address: email, off: false, works: true, removable: true },
      { id: 'github', since: expect.any(Date), works: true, removable: true },
    ])
  })

  test('removes GitHub: it is no way in any more, other browsers are out, and it is written down', async () => {
    const { id, actor } = await openedWithGitHub()
    const here = browser
    const elsewhere = newBrowser(APP)
    browser = elsewhere
    await throughGitHub(elsewhere)
    browser = here
    await removeSignInMethod(actor, 'github', key())
    expect(await summary(id)).toEqual([['email', true, false]])
    expect(await nextAuth.auth()).toMatchObject({ user: { email } })
    browser = elsewhere
    expect(await nextAuth.auth()).toBeNull()
    expect((await throughGitHub(elsewhere)).to).toContain('error=SecondAccount')
    expect(await auditOf(id)).toEqual([
      { action: 'user.create', before: null, after: { method: 'github' } },
      {
        action: 'sign_in_method.remove',
        before: { method: 'github' },
        after: { endedSessions: 1 },
      },
    ])
  })

  test('turns links off: an open one is void, a new one is not sent, and the mail says how to get in', async () => {
    const { id, actor } = await openedWithGitHub()
    const link = await mailedLink()
    await removeSignInMethod(actor, 'email', key())
    expect(await summary(id)).toEqual([
      ['email', false, true],
      ['github', true, false],
    ])
    const other = newBrowser(APP)
    expect((await other.open(link)).headers.get('location')).toContain('error=Verification')
    await signInByEmail(email, '/pricing', null)
    const mail = (await listCapturedMail()).find(({ to }) => to === email)
    expect(mail?.link).toBe(`${APP}/sign-in`)
    expect(mail?.text).toContain('GitHub')
    const open = eq(verificationTokens.identifier, email)
    expect(await db().select().from(verificationTokens).where(open)).toEqual([])
  })

  test('a link that was made the moment before links were turned off opens nothing', async () => {
    const { actor } = await openedWithGitHub()
    const link = await mailedLink()
    const open = eq(verificationTokens.identifier, email)
    const kept = await db().select().from(verificationTokens).where(open)
    await removeSignInMethod(actor, 'email', key())
    await db().insert(verificationTokens).values(kept)
    const other = newBrowser(APP)
    expect((await other.open(link)).headers.get('location')).toBe(
      `${APP}/sign-in?error=AccessDenied`,
    )
    expect(other.cookies.get(SESSION)).toBeUndefined()
  })

  test('turns links on again, once, and it is written down once', async () => {
    const { id, actor } = await openedWithGitHub()
    await removeSignInMethod(actor, 'email', key())
    await Promise.all([turnLinksOn(actor), turnLinksOn(actor)])
    expect(await summary(id)).toEqual([
      ['email', true, true],
      ['github', true, true],
    ])
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      'user.create',
      'sign_in_method.remove',
      'sign_in_method.add',
    ])
    const other = newBrowser(APP)
    expect((await other.open(await mailedLink())).headers.get('location')).toBe(`${APP}/pricing`)
  })

  test.each(['email', 'github'] as const)(
    'removing %s twice is removing it once',
    async (method) => {
      const { id, actor } = await openedWithGitHub()
      await removeSignInMethod(actor, method, key())
      await removeSignInMethod(actor, method, key())
      expect(await auditOf(id)).toHaveLength(2)
    },
  )

  test('removing both at once, in two tabs, leaves one', async () => {
    const { id, actor } = await openedWithGitHub()
    const results = await Promise.allSettled(
      (['email', 'github'] as const).map((method) => removeSignInMethod(actor, method, key())),
    )
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(Conflict),
    })
    expect((await readSignInMethods(id)).filter(({ works }) => works)).toHaveLength(1)
  })
})

describe('the last way in', () => {
  test('stays: for an account opened by mail that is the address', async () => {
    await browser.open(await mailedLink())
    const [user] = await db().select().from(users).where(eq(users.email, email))
    const id = user?.id ?? ''
    expect(await summary(id)).toEqual([['email', true, false]])
    await expect(removeSignInMethod(own(id), 'email', key())).rejects.toThrow(Conflict)
    expect(await auditOf(id)).toEqual([
      { action: 'user.create', before: null, after: { method: 'email' } },
    ])
    expect(await nextAuth.auth()).toMatchObject({ user: { email } })
  })

  test('is the address when GitHub is not set up here any more, even with links turned off', async () => {
    const { id, actor } = await openedWithGitHub()
    await removeSignInMethod(actor, 'email', key())
    place.github = null
    expect(await summary(id)).toEqual([
      ['email', true, false],
      ['github', false, true],
    ])
    const other = newBrowser(APP)
    expect((await other.open(await mailedLink())).headers.get('location')).toBe(`${APP}/pricing`)
  })

  test('is GitHub where no mail can be sent', async () => {
    const { id, actor } = await openedWithGitHub()
    place.devTools = false
    expect(await summary(id)).toEqual([
      ['email', false, true],
      ['github', true, false],
    ])
    await expect(removeSignInMethod(actor, 'github', key())).rejects.toThrow(Conflict)
  })
})

test('only the user removes a sign-in method, and only their own', async () => {
  const { id } = await openedWithGitHub()
  expect(() => removeSignInMethod(systemActor('job'), 'github', key())).toThrow(Unauthenticated)
  email = `other${people}@example.com`
  await browser.open(await mailedLink())
  const [other] = await db().select().from(users).where(eq(users.email, email))
  await removeSignInMethod(own(other?.id ?? ''), 'github', key())
  const mine = and(eq(accounts.userId, id), eq(accounts.provider, 'github'))
  expect(await db().select().from(accounts).where(mine)).toHaveLength(1)
})

test('the audit row and the removal are one: without the first there is no second', async () => {
  const { id, actor } = await openedWithGitHub()
  await db().execute('alter function append_audit rename to append_audit_away')
  await expect(removeSignInMethod(actor, 'github', key())).rejects.toThrow()
  await db().execute('alter function append_audit_away rename to append_audit')
  expect(await summary(id)).toHaveLength(2)
  expect(await db().select().from(sessions).where(eq(sessions.userId, id))).toHaveLength(1)
})

import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { NextRequest } from 'next/server'
import { AuthError } from 'next-auth'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { sessions, verificationTokens } from '@/db/schema/auth'
import { Unavailable } from '@/lib/errors'
import { log } from '@/lib/log'
import { listCapturedMail } from '@/lib/mail/captured'
import { authFailureText } from './failure-text'
import { handleAuthRequest } from './handle'
import { signInByEmail } from './sign-in'

const APP = 'http://localhost:3000'
const COOKIE = 'authjs.session-token'

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  return { env: () => ({ ...env(), devTools: true }) }
})
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ host: 'localhost:3000', 'x-forwarded-proto': 'http' }),
  cookies: async () => ({ set: () => {} }),
}))

let session = ''
beforeEach(() => {
  session = ''
})
afterAll(() => disconnect())

async function open(path: string, given: Record<string, string> = {}): Promise<Response> {
  const headers = { ...given, ...(session ? { cookie: `${COOKIE}=${session}` } : {}) }
  const response = await handleAuthRequest(new NextRequest(APP + path, { headers }), null)
  const set = response.headers.getSetCookie().find((line) => line.startsWith(`${COOKIE}=`))
  if (set) session = set.slice(COOKIE.length + 1, set.indexOf(';'))
  return response
}

/** Asks for a link and answers the path that its button opens. */
async function linkFor(email: string): Promise<string> {
  await signInByEmail(email, '/pricing', null)
  const mail = (await listCapturedMail()).find(({ to }) => to === email)
  return `/api/auth/callback/email${new URL(mail?.link ?? 'missing:').search}`
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
const isOpen = async (token: string) =>
  (
    await db()
      .select()
      .from(sessions)
      .where(eq(sessions.tokenHash, hashOf(token)))
  ).length === 1
const whereTo = (response: Response) => response.headers.get('location')

describe('a link that another site opens', () => {
  test.each(['cross-site', 'same-site', 'none'])(
    'asks for a press when the browser says %s, and is not used up',
    async (site) => {
      const link = await linkFor(`${site}@example.com`)
      const answer = await open(link, { 'sec-fetch-site': site })
      expect(answer.status).toBe(303)
      expect(whereTo(answer)).toBe(`${APP}/sign-in/link${new URL(APP + link).search}`)
      expect(session).toBe('')
      const pressed = await open(link, { 'sec-fetch-site': 'same-origin' })
      expect(whereTo(pressed)).toBe(`${APP}/pricing`)
      expect(await isOpen(session)).toBe(true)
    },
  )

  test('cannot be spelled so that it goes through', async () => {
    const link = await linkFor('spelling@example.com')
    for (const spelling of ['callback//email', 'callback/email/', '/callback/email']) {
      const answer = await open(link.replace('callback/email', spelling), {
        'sec-fetch-site': 'cross-site',
      })
      expect(whereTo(answer)).toContain('/sign-in/link?')
      expect(session).toBe('')
    }
  })

  test('signs in as ever in a browser that does not say where it comes from', async () => {
    expect(whereTo(await open(await linkFor('older@example.com')))).toBe(`${APP}/pricing`)
  })
})

describe('what a sign-in leaves behind', () => {
  test('no other link to the same address works, and one to another address does', async () => {
    const [first, second, other] = [
      await linkFor('twice@example.com'),
      await linkFor('twice@example.com'),
      await linkFor('other@example.com'),
    ]
    expect(whereTo(await open(second))).toBe(`${APP}/pricing`)
    expect(whereTo(await open(first))).toContain('error=Verification')
    expect(whereTo(await open(other))).toBe(`${APP}/pricing`)
  })

  test('a link that is over takes no newer one with it', async () => {
    const old = await linkFor('late@example.com')
    await db()
      .update(verificationTokens)
      .set({ expires: new Date(Date.now() - 1000) })
      .where(eq(verificationTokens.identifier, 'late@example.com'))
    // Written past the app, which removes what is over as soon as it makes a link.
    const [over] = await db()
      .select()
      .from(verificationTokens)
      .where(eq(verificationTokens.identifier, 'late@example.com'))
    const fresh = await linkFor('late@example.com')
    if (over) await db().insert(verificationTokens).values(over)
    expect(whereTo(await open(old))).toContain('error=Verification')
    expect(whereTo(await open(fresh))).toBe(`${APP}/pricing`)
  })

  test('two presses at once sign in once', async () => {
    const link = await linkFor('double@example.com')
    const answers = await Promise.all([open(link), open(link)])
    expect(answers.map(whereTo).toSorted()).toEqual([
      `${APP}/pricing`,
      `${APP}/sign-in?error=Verification`,
    ])
  })

  test('not the session that this browser had, of whichever user', async () => {
    await open(await linkFor('again@example.com'))
    const before = session
    await open(await linkFor('again@example.com'))
    expect(session).not.toBe(before)
    expect(await isOpen(before)).toBe(false)
    expect(await isOpen(session)).toBe(true)
  })

  test('the sessions of other browsers', async () => {
    await open(await linkFor('laptop@example.com'))
    const laptop = session
    session = ''
    await open(await linkFor('laptop@example.com'))
    expect(await isOpen(laptop)).toBe(true)
  })

  test('nothing that is over: old links go with a new link, old sessions with a new session', async () => {
    const past = new Date(Date.now() - 60_000)
    await open(await linkFor('prune@example.com'))
    const old = session
    session = ''
    await db()
      .update(sessions)
      .set({ expires: past })
      .where(eq(sessions.tokenHash, hashOf(old)))
    await db()
      .insert(verificationTokens)
      .values({ identifier: 'gone@example.com', token: 'hash', expires: past })
    await open(await linkFor('another@example.com'))
    expect(await isOpen(old)).toBe(false)
    const links = await db().select().from(verificationTokens)
    expect(links.map(({ identifier }) => identifier)).not.toContain('gone@example.com')
  })
})

test('next-auth’s own sign-out page leads to ours', async () => {
  const answer = await open('/api/auth/signout?callbackUrl=https%3A%2F%2Fevil.example')
  expect(new URL(whereTo(answer) ?? '', APP).href).toBe(`${APP}/settings/billing`)
})

test('a sign-in that fails in the database leaves neither address nor key in the log', async () => {
  const logged = vi.spyOn(log, 'error')
  await db().execute(sql`alter table outbox rename to outbox_away`)
  try {
    await expect(signInByEmail('private@example.com', '/', null)).rejects.toThrow(Unavailable)
  } finally {
    await db().execute(sql`alter table outbox_away rename to outbox`)
  }
  const text = JSON.stringify(logged.mock.calls)
  expect(logged).toHaveBeenCalledOnce()
  expect(text).not.toContain('private@example.com')
  expect(text).not.toContain('private%40example.com')
  expect(text).not.toMatch(/token=|[0-9a-f]{32}/)
})

test('a failure is logged by its kind and its root; next-auth’s own words may repeat an address', () => {
  const root = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })
  const failure = new AuthError('for private@example.com', { cause: { err: root } })
  expect(authFailureText(failure)).toBe('AuthError: Error: connection refused (ECONNREFUSED)')
  expect(authFailureText(new AuthError('for private@example.com'))).toBe('AuthError')
})

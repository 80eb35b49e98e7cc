import { NextRequest } from 'next/server'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { disconnect } from '@/db/client'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { Invalid, NotFound } from '@/lib/errors'
import { listCapturedMail } from '@/lib/mail/captured'
import { handleAuthRequest } from './handle'
import { nextAuth } from './next-auth'
import { demoSignIn, signInByEmail, signInWith } from './sign-in'
import { signInMethods } from './sign-in-methods'
import { signOutEverywhereHere } from './sign-out'

const APP = 'http://localhost:3000'
const place = vi.hoisted(() => ({ devTools: true }))
const browser = vi.hoisted(() => ({ cookies: new Map<string, string>(), host: 'localhost:3000' }))

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  return { env: () => ({ ...env(), devTools: place.devTools }) }
})
// What Next gives a server action: this browser's headers, and a jar for its cookies.
vi.mock('next/headers', () => ({
  headers: async () =>
    new Headers({ host: browser.host, 'x-forwarded-proto': 'http', cookie: cookieHeader() }),
  cookies: async () => ({
    set: (name: string, value: string) => {
      browser.cookies.set(name, value)
    },
  }),
}))

function cookieHeader(): string {
  return [...browser.cookies]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('; ')
}

async function open(link: string): Promise<{ to: string | null; cookie: string | null }> {
  const headers = { host: browser.host, cookie: cookieHeader() }
  const response = await handleAuthRequest(
    new NextRequest(new URL(link, `http://${browser.host}`), { headers }),
    null,
  )
  for (const line of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
    browser.cookies.set(name, decodeURIComponent(value))
  }
  const session = response.headers.getSetCookie().find((line) => line.includes('session-token'))
  return { to: response.headers.get('location'), cookie: session ?? null }
}

async function mailedLink(email: string): Promise<URL> {
  const mail = (await listCapturedMail()).find(({ to }) => to === email)
  return new URL(mail?.link ?? 'missing:')
}
const press = (link: URL) => open(`/api/auth/callback/email${link.search}`)

beforeEach(() => {
  browser.cookies.clear()
  browser.host = 'localhost:3000'
  place.devTools = true
})
afterAll(() => disconnect())

describe('a sign-in link', () => {
  test('signs in the user who presses it, once, and goes where they were going', async () => {
    await signInByEmail(
      '  Ada@Example.com ',
      `/checkout/continue?tier=${SMALL}&interval=year`,
      null,
    )
    const link = await mailedLink('ada@example.com')
    expect(link.origin + link.pathname).toBe(`${APP}/sign-in/link`)
    const first = await press(link)
    expect(first.to).toBe(`${APP}/checkout/continue?tier=pro&interval=year`)
    expect(first.cookie).toMatch(/HttpOnly.*SameSite=Lax/i)
    expect(await nextAuth.auth()).toMatchObject({
      user: { email: 'ada@example.com', id: expect.any(String) },
    })
    browser.cookies.clear()
    expect((await press(link)).to).toBe(`${APP}/sign-in?error=Verification`)
    expect(await nextAuth.auth()).toBeNull()
  })

  test('is not used up by looking at it', async () => {
    await signInByEmail('looks@example.com', '/pricing', null)
    const link = await mailedLink('looks@example.com')
    expect(link.pathname).not.toContain('/api/')
    expect((await press(link)).to).toBe(`${APP}/pricing`)
  })

  test('leads to us, whatever host the request claims', async () => {
    browser.host = 'evil.example'
    await signInByEmail('spoofed@example.com', '/pricing', null)
    const link = await mailedLink('spoofed@example.com')
    expect(link.origin).toBe(APP)
    expect((await press(link)).to).toBe(`${APP}/pricing`)
  })

  test('leads to us, whatever page was asked for', async () => {
    await signInByEmail('lost@example.com', '//evil.example', null)
    expect((await press(await mailedLink('lost@example.com'))).to).toBe(`${APP}/settings/billing`)
  })

  test('leads to us, even with another address written into it', async () => {
    await signInByEmail('edited@example.com', '/pricing', null)
    const link = await mailedLink('edited@example.com')
    link.searchParams.set('callbackUrl', 'https://evil.example')
    expect((await press(link)).to).toMatch(/^http:\/\/localhost:3000\//)
  })

  test('of one person does not sign in another', async () => {
    await signInByEmail('one@example.com', '/', null)
    const link = await mailedLink('one@example.com')
    link.searchParams.set('email', 'other@example.com')
    expect((await press(link)).to).toContain('error=Verification')
  })

  test('brings the same person back to the same account', async () => {
    const ids = []
    for (const spelling of ['same@example.com', 'SAME@example.com']) {
      await signInByEmail(spelling, '/', null)
      await press(await mailedLink('same@example.com'))
      ids.push((await nextAuth.auth())?.user?.id)
      browser.cookies.clear()
    }
    expect(ids[0]).toEqual(expect.any(String))
    expect(ids[1]).toBe(ids[0])
  })
})

describe('what is refused', () => {
  test('an address that is none', async () => {
    await expect(signInByEmail('"e@evil.example"@example.com', '/', null)).rejects.toThrow(Invalid)
  })

  test('GitHub and Google where they are not set up, and mail where it cannot be sent', async () => {
    expect(signInMethods()).toEqual({ email: true, github: false, google: false })
    await expect(signInWith('github', '/')).rejects.toThrow(NotFound)
    place.devTools = false
    expect(signInMethods().email).toBe(false)
    await expect(signInByEmail('ada@example.com', '/', null)).rejects.toThrow(NotFound)
    await expect(demoSignIn('ada@example.com')).rejects.toThrow(NotFound)
  })
})

test('the demo sign-in takes the same way as every other sign-in', async () => {
  const path = await demoSignIn('demo@example.com', '/pricing')
  expect(path).toMatch(/^\/api\/auth\/callback\/email\?/)
  expect((await open(path)).to).toBe(`${APP}/pricing`)
  expect(await nextAuth.auth()).toMatchObject({ user: { email: 'demo@example.com' } })
})

test('what a script can ask about the session holds no key to it', async () => {
  await open(await demoSignIn('curious@example.com'))
  const headers = { cookie: cookieHeader() }
  const response = await handleAuthRequest(
    new NextRequest(`${APP}/api/auth/session`, { headers }),
    null,
  )
  const body = await response.text()
  expect(body).toContain('curious@example.com')
  expect(body).not.toContain(browser.cookies.get('authjs.session-token'))
})

test('signing out is final: the cookie, if kept, opens nothing', async () => {
  await open(await demoSignIn('leaves@example.com'))
  const kept = new Map(browser.cookies)
  await signOutEverywhereHere()
  browser.cookies = kept
  expect(await nextAuth.auth()).toBeNull()
})

import { beforeEach, describe, expect, test, vi } from 'vitest'
import { readRefusal } from '@/app/components/read-refusal'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { upgrade } from '@/app/pricing/actions'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { RateLimited } from '@/lib/errors'
import { continueWith, sendLink, signOut } from './actions'
import { SENT_TO } from './sent-to'

const world = vi.hoisted(() => ({
  appUrl: 'https://app.example.com',
  jar: null as unknown,
  logged: 0,
  signedOut: 0,
  waitSeconds: 0,
}))

vi.mock('next/headers', () => ({
  headers: async () => new Headers({ origin: world.appUrl }),
  cookies: async () => world.jar,
}))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Redirect(to)
  },
  unstable_rethrow: (error: unknown) => {
    if (error instanceof Redirect) throw error
  },
}))
vi.mock('@/lib/env', () => ({
  env: () => ({ appUrl: world.appUrl, auth: { secret: 'a-secret-of-ours' } }),
}))
vi.mock('@/lib/log', () => ({ log: { info: () => {}, error: () => world.logged++ } }))
vi.mock('@/app/limits', () => ({
  limitSignIn: async () => {},
  limitCheckout: async () => {},
  requestNetwork: async () => '203.0.113.7',
}))
vi.mock('@/lib/auth/sign-in', () => ({
  signInByEmail: async () => {
    if (world.waitSeconds > 0) throw new RateLimited('too_many_mails', world.waitSeconds)
  },
  signInWith: () => {},
}))
vi.mock('@/lib/auth/sign-out', () => ({
  signOutEverywhereHere: async () => void world.signedOut++,
}))
vi.mock('@/lib/auth/session', () => ({
  requireUser: async () => ({ actor: { type: 'user', id: 'user-1', workspaceId: 'own-1' } }),
}))
vi.mock('@/lib/checkout/start', () => ({
  startCheckout: () => expect.unreachable('A checkout was started.'),
}))

let jar: CookieJar

const Redirect = vi.hoisted(() => class extends Error {})

async function leadsTo(action: (form: FormData) => Promise<never>, given: unknown) {
  // The cast stands for any request: an action's argument is whatever was posted.
  const thrown = await action(given as FormData).catch((error: unknown) => error)
  if (!(thrown instanceof Redirect)) throw thrown
  return thrown.message
}

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

beforeEach(() => {
  world.appUrl = 'https://app.example.com'
  jar = new CookieJar()
  world.jar = jar
  world.logged = 0
  world.waitSeconds = 0
})

test('a link that is sent again is said to be another one, and the plan stays', async () => {
  const fields = { email: 'ana@example.com', plan: SMALL, interval: 'year' }
  const first = await leadsTo(sendLink, form(fields))
  const second = await leadsTo(sendLink, form({ ...fields, again: 'yes' }))
  expect([first, second]).toEqual(
    ['1', 'again'].map((sent) => `/sign-in?sent=${sent}&plan=${SMALL}&interval=year`),
  )
})

test('a visitor who asks for too many links sees the true time to wait, and keeps their plan', async () => {
  world.waitSeconds = 240
  const fields = { email: 'ana@example.com', plan: SMALL, interval: 'year' }
  const to = await leadsTo(sendLink, form(fields))
  expect(to).toMatch(keptAfter('rate_limited'))
  expect((await refusalOf(to))?.advice).toContain('ask again in 4 minutes.')
})

/** What the page says that an action led to. */
function refusalOf(address: string) {
  return readRefusal(Object.fromEntries(new URLSearchParams(address.split('?')[1])))
}

describe('an address that was typed', () => {
  test.each([
    ['ana@exmaple', 'email_malformed'],
    ['ana @ example.com', 'email_malformed'],
    ['jürgen@example.com', 'email_letters'],
    ['ana@пример.com', 'email_letters'],
  ])(
    'wrongly, as %s, stays in its field and out of the address, and is %s',
    async (typed, reason) => {
      const to = await leadsTo(sendLink, form({ email: typed }))
      expect(await refusalOf(to)).toMatchObject({ reason, typed })
      expect(decodeURIComponent(to)).not.toContain(typed)
    },
  )

  test('rightly stays, too, when something else was refused', async () => {
    world.waitSeconds = 240
    const to = await leadsTo(sendLink, form({ email: 'ana@example.com' }))
    expect(await refusalOf(to)).toMatchObject({ typed: 'ana@example.com' })
  })

  test('is kept no longer than the field takes', async () => {
    const to = await leadsTo(sendLink, form({ email: 'a'.repeat(200_000) }))
    expect((await refusalOf(to))?.typed).toHaveLength(254)
  })
})

describe('the cookie that remembers where a link went', () => {
  test.each([
    ['https://app.example.com', '__Host-', true],
    ['http://localhost:3000', '', false],
  ])('at %s, begins with "%s", and is for https only: %s', async (appUrl, prefix, secure) => {
    world.appUrl = appUrl
    await leadsTo(sendLink, form({ email: 'ana@example.com' }))
    expect(jar.get(`${prefix}${SENT_TO}`)).toMatchObject({
      name: `${prefix}${SENT_TO}`,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure,
    })
  })
})

describe('something that is no form', () => {
  test.each([[null], [undefined], ['email'], [{ email: 'ana@example.com' }], [[1]]])(
    '%j is refused in words by every action',
    async (given) => {
      expect(await leadsTo(sendLink, given)).toContain('/sign-in?error=invalid')
      expect(await leadsTo(continueWith, given)).toContain('/sign-in?error=invalid')
      expect(await leadsTo(upgrade, given)).toContain('error=invalid')
      expect(await leadsTo(signOut, given)).toBe('/')
      expect(world.logged).toBe(0)
    },
  )
})

describe('a field of two hundred thousand characters', () => {
  const long = `/${'a'.repeat(200_000)}`

  test('makes no address long', async () => {
    for (const email of ['ana@example.com', 'nonsense']) {
      const to = await leadsTo(sendLink, form({ email, plan: long, interval: long, return: long }))
      expect(to.length).toBeLessThan(100)
    }
  })

  test('takes nothing from the others', async () => {
    const fields = { email: 'nonsense', plan: SMALL, interval: 'year', return: long }
    expect(await leadsTo(sendLink, form(fields))).toMatch(keptAfter('invalid'))
  })
})

/** Where a refused form leads: its code and reference, and the plan that was chosen. */
function keptAfter(code: string): RegExp {
  return new RegExp(String.raw`^/sign-in\?error=${code}&ref=\w{8}&plan=${SMALL}&interval=year$`)
}

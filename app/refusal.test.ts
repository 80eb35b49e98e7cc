import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type BillingError,
  Conflict,
  Forbidden,
  Gone,
  Invalid,
  NotFound,
  PaymentRequired,
  PlanRequired,
  RateLimited,
  Unauthenticated,
  Unavailable,
} from '@/lib/errors'
import { AWAY } from '@/lib/refusals/away'
import { CARD } from '@/lib/refusals/card'
import { CONFLICTS } from '@/lib/refusals/conflicts'
import { INVALID } from '@/lib/refusals/invalid'
import { GONE, NOT_FOUND } from '@/lib/refusals/not-found'
import { NOTE_SECONDS } from '@/lib/refusals/note'
import { PLAN } from '@/lib/refusals/plan'
import { SENTENCES } from '@/lib/refusals/sentences'
import { FORBIDDEN, SIGNED_OUT } from '@/lib/refusals/sign-in'
import { TOO_MANY } from '@/lib/refusals/too-many'
import { openAction } from './action'
import type { Query } from './components/read-refusal'
import { Refusal } from './components/refusal'
import { CookieJar } from './cookie-jar.fixture'
import { refusedTo } from './refused-to'

const APP = 'https://app.example.com'
const SESSION = '__Host-authjs.session-token'

const world = vi.hoisted(() => ({
  jar: null as unknown,
  origin: 'https://app.example.com',
  logged: [] as { ref?: string; reason?: string }[],
}))

vi.mock('next/headers', () => ({
  cookies: async () => world.jar,
  headers: async () => new Headers({ origin: world.origin }),
}))
vi.mock('next/navigation', () => ({ unstable_rethrow: () => {} }))
vi.mock('@/lib/env', () => ({
  env: () => ({ appUrl: 'https://app.example.com', auth: { secret: 'a-secret-of-ours' } }),
}))
vi.mock('@/lib/log', () => ({
  log: {
    info: (line: object) => world.logged.push(line),
    error: (line: object) => world.logged.push(line),
  },
}))
vi.mock('@/lib/auth/session', () => ({}))

let jar: CookieJar

beforeEach(() => {
  vi.useRealTimers()
  jar = new CookieJar()
  jar.set(SESSION, 'session-of-ana')
  Object.assign(world, { jar, origin: APP, logged: [] })
})

const NEEDS = { feature: 'api_access', plan: 'gold', planName: 'Gold' }

/** Each kind of refusal, as a verb throws it, for each of its reasons. */
const thrown: [string, BillingError][] = [
  ...each(SIGNED_OUT, (reason) => new Unauthenticated(reason)),
  ...each(FORBIDDEN, (reason) => new Forbidden(reason)),
  ...each(NOT_FOUND, (reason) => new NotFound(reason)),
  ...each(GONE, (reason) => new Gone(reason)),
  ...each(CONFLICTS, (reason) => new Conflict(reason)),
  ...each(INVALID, (reason) => new Invalid(reason)),
  ...each(TOO_MANY, (reason) => new RateLimited(reason, 240)),
  ...each(CARD, (reason) => new PaymentRequired(reason)),
  ...each(PLAN, (reason) => new PlanRequired(reason, NEEDS)),
  ...each(AWAY, (reason) => new Unavailable(reason)),
]

function each<Table extends object>(table: Table, make: (reason: keyof Table) => BillingError) {
  // The cast undoes what Object.keys forgets.
  const reasons = Object.keys(table) as (keyof Table)[]
  return reasons.map((reason): [string, BillingError] => [String(reason), make(reason)])
}

/** A form whose verb fails, and where that leads. */
async function refusedBy(error: unknown): Promise<Query> {
  const fails = openAction(
    () => undefined,
    () => Promise.reject(error),
  )
  const result = await fails(new FormData())
  if (result.ok) throw new Error('It should have been refused.')
  return queryOf(await refusedTo('/settings/billing', result))
}

function queryOf(address: string): Query {
  return Object.fromEntries(new URL(address, APP).searchParams)
}

/** What the page says that has this query. */
async function says(query: Query): Promise<string> {
  return renderToStaticMarkup(await Refusal({ query }))
}

describe('what a verb refuses is what the page says', () => {
  test.each(thrown)('%s', async (reason, error) => {
    const query = await refusedBy(error)
    const page = await says(query)
    const { title, advice } = SENTENCES[error.reason ?? 'unforeseen']
    expect(page).toContain('role="alert"')
    expect(page).toContain(title)
    expect(page).toContain(advice.replace('{wait}', '4 minutes').replace('{plan}', 'Gold'))
    expect(page).toContain(`Reference <code class="font-mono text-sm">${query.ref}</code>`)
    expect(world.logged).toEqual([expect.objectContaining({ ref: query.ref, reason })])
  })

  test('an unexpected error, and a message that no page may show, is one neutral sentence', async () => {
    for (const error of [new Error('secret'), new Conflict({ internal: 'secret of cus_1' })]) {
      const query = await refusedBy(error)
      const page = await says(query)
      expect(query.error).toBe('internal')
      expect(page).toContain(SENTENCES.unforeseen.title)
      expect(page).not.toContain('secret')
      expect(world.logged.at(-1)).toMatchObject({ ref: query.ref, err: error })
    }
  })

  test('a form posted from another site is answered with the app’s own address', async () => {
    world.origin = 'https://evil.example'
    const query = await refusedBy(new Error('not reached'))
    expect(query.error).toBe('origin')
    expect(await says(query)).toContain(SENTENCES.other_address.title)
  })

  test('the address has a code and a reference, and no word of the sentence', async () => {
    const query = await refusedBy(new Conflict('only_sign_in_method'))
    expect(query).toEqual({ error: 'conflict', ref: expect.stringMatching(/^[0-9a-f]{8}$/) })
  })

  test('two tabs that are refused at once each say their own', async () => {
    const [one, two] = [
      await refusedBy(new Conflict('checkout_opening')),
      await refusedBy(new Unavailable('stripe_away')),
    ]
    expect(await says(one)).toContain(SENTENCES.checkout_opening.title)
    expect(await says(two)).toContain(SENTENCES.stripe_away.title)
  })

  test('however often a program is refused, its cookies stay few', async () => {
    for (let n = 0; n < 20; n += 1) await refusedBy(new Conflict('checkout_opening'))
    const last = await refusedBy(new Unavailable('mail_away'))
    expect(jar.getAll().filter(({ name }) => name.includes('refusal'))).toHaveLength(4)
    expect(await says(last)).toContain(SENTENCES.mail_away.title)
  })

  test('a reason that many are refused for is in the log sixty times a minute, and then has no reference', async () => {
    const pages: string[] = []
    for (let n = 0; n < 62; n += 1) {
      pages.push(await says(await refusedBy(new Invalid('unknown_demo_user'))))
    }
    expect(pages.at(-1)).toContain(SENTENCES.unknown_demo_user.title)
    expect(pages.at(-1)).not.toContain('Reference')
    expect(world.logged.length).toBeLessThanOrEqual(60)
  })
})

describe('only this application can make a page show a refusal', () => {
  const nothing = ''

  test.each<Query>([
    {},
    ...Object.keys(SENTENCES).map((error) => ({ error })),
    { error: 'conflict', ref: '0123abcd' },
    { error: 'unavailable', ref: '0123abcd', wait: '240' },
    { error: '<b>Pay here</b>', ref: '0123abcd' },
    { error: 'conflict', ref: '../session-token' },
    { error: ['conflict', 'conflict'], ref: ['0123abcd', '0123abcd'] },
    { error: 'internal', ref: 'call +1 555' },
  ])('with an address alone: %j', async (query) => {
    await refusedBy(new Conflict('checkout_opening'))
    expect(await says(query)).toBe(nothing)
  })

  test('with an address that names another refusal than the cookie', async () => {
    const query = await refusedBy(new Conflict('checkout_opening'))
    expect(await says({ ...query, error: 'payment_required' })).toBe(nothing)
    expect(await says({ ...query, ref: '0123abcd' })).toBe(nothing)
    expect(await says(query)).not.toBe(nothing)
  })

  /** The one cookie of the last refusal, for a test to plant elsewhere. */
  async function made() {
    const query = await refusedBy(new Conflict('checkout_opening'))
    const cookie = jar.getAll().find(({ name }) => name.includes('refusal'))
    if (!cookie) throw new Error('There should be a cookie.')
    return { query, cookie }
  }

  test('with a cookie that is set by hand', async () => {
    const { query, cookie } = await made()
    const note = { code: 'conflict', reason: 'card_declined', ref: query.ref, inLog: true }
    const body = Buffer.from(JSON.stringify({ ...note, at: Date.now() })).toString('base64url')
    const [, seal] = cookie.value.split('.')
    for (const value of ['Pay here', body, `${body}.`, `${body}.${seal}`, JSON.stringify(note)]) {
      jar.set({ ...cookie, value })
      expect(await says(query)).toBe(nothing)
    }
  })

  test('with a cookie of a sibling sub-domain, which cannot have the name of ours', async () => {
    const { query, cookie } = await made()
    expect(cookie).toMatchObject({
      name: `__Host-refusal.${query.ref}`,
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      maxAge: NOTE_SECONDS,
    })
    jar.kept.delete(cookie.name)
    jar.set({ ...cookie, name: cookie.name.replace('__Host-', '') })
    expect(await says(query)).toBe(nothing)
  })

  test('with the cookie of another visitor, planted in this browser', async () => {
    const { query } = await made()
    for (const session of ['session-of-bob', '']) {
      jar.set(SESSION, session)
      expect(await says(query)).toBe(nothing)
    }
  })

  test('with the cookie of another refusal under the name of this one', async () => {
    const { cookie } = await made()
    const query = await refusedBy(new Conflict('checkout_closing'))
    jar.set({ ...cookie, name: `__Host-refusal.${query.ref}` })
    expect(await says(query)).toBe(nothing)
  })

  test('with a cookie that is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { query } = await made()
    vi.advanceTimersByTime(NOTE_SECONDS * 1000 + 1)
    expect(await says(query)).toBe(nothing)
  })
})

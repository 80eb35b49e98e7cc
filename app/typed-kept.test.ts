import { beforeEach, describe, expect, test, vi } from 'vitest'
import { appoint } from '@/app/console/operators/actions'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { deleteAccount } from '@/app/settings/account/actions'
import { makeKey } from '@/app/settings/api-keys/actions'
import { cancelPlan, keepPlan, pausePlan } from '@/app/settings/billing/acts'
import { saveDetails, saveTaxId } from '@/app/settings/billing/details/actions'
import { FORM_OWNER, sealFormOwner } from '@/lib/auth/form-owner'
import { Forbidden, Unauthenticated } from '@/lib/errors'
import type { UserId } from '@/lib/ids'
import { newUserId } from '@/lib/ids.fixture'
import { TYPED_SECONDS } from '@/lib/refusals/note'
import { readRefusal } from './components/read-refusal'
import { readTyped } from './typed'

const APP = 'https://app.example.com'
const [ANA, BEN] = [newUserId(), newUserId()]

const world = vi.hoisted(() => ({
  jar: null as unknown,
  viewer: null as unknown,
  operator: null as unknown,
  leaving: [] as unknown[],
}))
const Redirect = vi.hoisted(() => class extends Error {})
const Missing = vi.hoisted(() => class extends Error {})

vi.mock('next/headers', () => ({
  headers: async () => new Headers({ origin: 'https://app.example.com' }),
  cookies: async () => world.jar,
}))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Redirect(to)
  },
  notFound: () => {
    throw new Missing()
  },
  unstable_rethrow: (error: unknown) => {
    if (error instanceof Redirect) throw error
  },
}))
vi.mock('next/server', () => ({ after: () => {} }))
vi.mock('@/lib/env', () => ({
  env: () => ({ appUrl: 'https://app.example.com', auth: { secret: 'a-secret-of-ours' } }),
}))
vi.mock('@/lib/log', () => ({ log: { info: () => {}, error: () => {} } }))
vi.mock('@/lib/auth/sign-out', () => ({ signOutEverywhereHere: async () => {} }))
vi.mock('@/lib/auth/session', () => ({
  currentUser: async () => world.viewer,
  requireUser: async () => {
    throw new Unauthenticated('signed_out')
  },
}))
vi.mock('@/lib/auth/operator', () => ({
  currentOperator: async () => world.operator,
  requireRecentOperator: () => {
    throw new Forbidden('sign_in_again')
  },
}))
vi.mock('@/lib/retention/is-leaving', () => ({
  isLeaving: async (user: unknown) => world.leaving.includes(user),
}))

let jar: CookieJar

beforeEach(() => {
  vi.useRealTimers()
  jar = new CookieJar()
  Object.assign(world, { jar, viewer: null, operator: null, leaving: [] })
})

/** Sends a form whose session has ended, and answers where that leads. */
async function leadsTo(send: (form: FormData) => Promise<unknown>, fields: object): Promise<URL> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const thrown = await send(form).catch((error: unknown) => error)
  if (!(thrown instanceof Redirect)) throw thrown
  return new URL(thrown.message, APP)
}

/** What a page shows to this user that signing in leads to. */
async function shownTo(user: UserId, signIn: URL) {
  world.viewer = { actor: { id: user } }
  const back = new URL(signIn.searchParams.get('return') ?? '', APP)
  const refusal = await readRefusal(Object.fromEntries(back.searchParams))
  return { page: back.pathname, reason: refusal?.reason, typed: readTyped(refusal?.typed) }
}

const ADDRESS = { line1: '1 Rue de la Paix', city: 'Paris', postalCode: '75002', country: 'FR' }

/** Each form that takes text, what is typed into it, and where it stands. */
const FORMS = [
  {
    form: 'billing details',
    send: saveDetails,
    page: '/settings/billing/details',
    typed: { name: 'Ana & Sons', email: 'bills@example.com', ...ADDRESS },
  },
  {
    form: 'a tax id',
    send: saveTaxId,
    page: '/settings/billing/details',
    typed: { type: 'eu_vat', value: 'FR40303265045' },
  },
  {
    form: 'the reasons of a cancellation',
    send: cancelPlan,
    page: '/settings/billing/cancel',
    typed: { feedback: 'unused', comment: `Zu teuer, 高い,\n"leider" 😀${'é'.repeat(400)}` },
  },
  {
    form: 'a pause',
    send: pausePlan,
    page: '/settings/billing/cancel',
    typed: { months: '2' },
  },
  {
    form: 'a new API key',
    send: (form: FormData) => makeKey(null, form),
    page: '/settings/api-keys',
    typed: { name: 'Nightly export', days: '30' },
  },
  {
    form: 'the address that confirms',
    send: deleteAccount,
    page: '/settings/account/delete',
    typed: { email: 'ana@example.com' },
  },
]

describe.each(FORMS)(
  'what was typed as $form when the session had ended',
  ({ send, page, typed }) => {
    const sent = { ...typed, [FORM_OWNER]: sealFormOwner(ANA) }

    test('is in its form again after signing in', async () => {
      const signIn = await leadsTo(send, sent)
      expect(signIn.pathname).toBe('/sign-in')
      expect((await readRefusal(Object.fromEntries(signIn.searchParams)))?.reason).toBe(
        'signed_out',
      )
      const shown = await shownTo(ANA, signIn)
      expect(shown).toMatchObject({ page, reason: 'typed_kept', typed })
    })

    test('stands in no address, and in a cookie that a browser takes', async () => {
      const signIn = await leadsTo(send, sent)
      const said = decodeURIComponent(signIn.href).split(/[?&=]/)
      for (const text of Object.values(typed)) expect(said).not.toContain(text)
      expect(signIn.href.length).toBeLessThan(250)
      const cookie = jar.getAll().find(({ name }) => name.startsWith('__Host-typed.'))
      expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' })
      // Browsers drop a longer one.
      expect(`${cookie?.name}${cookie?.value}`.length).toBeLessThan(4096)
    })

    test('is shown to no one else who signs in by the same browser', async () => {
      const signIn = await leadsTo(send, sent)
      expect(await shownTo(BEN, signIn)).toEqual({ page, reason: undefined, typed: {} })
    })

    test.each([
      ['of no page of ours', {}],
      ['whose owner was written by hand', { [FORM_OWNER]: ANA }],
      ['whose owner was altered', { [FORM_OWNER]: sealFormOwner(ANA).replace(/^./, 'x') }],
    ])('is not kept of a form %s', async (_, owner) => {
      const signIn = await leadsTo(send, { ...typed, ...owner })
      expect(signIn.searchParams.get('return')).toBe(page)
      expect(jar.getAll().filter(({ name }) => name.includes('typed'))).toEqual([])
    })
  },
)

test('what was typed waits longer than a sign-in link works, and not for ever', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const typed = { type: 'eu_vat', value: 'FR40303265045' }
  const signIn = await leadsTo(saveTaxId, { ...typed, [FORM_OWNER]: sealFormOwner(ANA) })
  vi.advanceTimersByTime(16 * 60_000)
  expect((await shownTo(ANA, signIn)).typed).toEqual(typed)
  vi.advanceTimersByTime(TYPED_SECONDS * 1000)
  expect((await shownTo(ANA, signIn)).typed).toEqual({})
})

test.each([cancelPlan, keepPlan, saveTaxId])(
  'a form without a word leads back to its page, which says nothing: %o',
  async (send) => {
    const signIn = await leadsTo(send, { [FORM_OWNER]: sealFormOwner(ANA) })
    expect(signIn.searchParams.get('return')).not.toContain('?')
  },
)

test('a program that never signs in fills no browser', async () => {
  const sent = { value: 'x'.repeat(5000), [FORM_OWNER]: sealFormOwner(ANA) }
  for (let n = 0; n < 12; n += 1) await leadsTo(saveTaxId, sent)
  const length = jar.getAll().reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  expect(length).toBeLessThan(8_000)
})

describe('what an operator typed', () => {
  const typed = { form: 'appoint-reason', reason: 'She covers for Ben.', email: 'cy@example.com' }
  const sent = { ...typed, [FORM_OWNER]: sealFormOwner(ANA, 'console') }

  test('is in its form again after signing in, when the session had ended', async () => {
    const signIn = await leadsTo(appoint, sent)
    const shown = await shownTo(ANA, signIn)
    expect(shown).toMatchObject({ page: '/console/operators', reason: 'typed_kept', typed })
  })

  test('stays while they sign in once more, because the last time is long ago', async () => {
    world.operator = { id: ANA }
    const to = await leadsTo(appoint, sent)
    const refusal = await readRefusal(Object.fromEntries(to.searchParams))
    expect(refusal?.reason).toBe('sign_in_again')
    expect(readTyped(refusal?.typed)).toMatchObject(typed)
    const signIn = new URL(`/sign-in?${new URLSearchParams({ return: refusal?.back ?? '' })}`, APP)
    expect(await shownTo(ANA, signIn)).toMatchObject({ page: '/console/operators', typed })
  })

  test.each([
    ['without an owner', {}],
    ['of another page', { [FORM_OWNER]: sealFormOwner(ANA) }],
  ])('is no form for anyone else: %s there is nothing', async (_, owner) => {
    await expect(leadsTo(appoint, { ...typed, ...owner })).rejects.toBeInstanceOf(Missing)
  })

  test('is no form for a user who is signed in and no operator', async () => {
    world.viewer = { actor: { id: BEN } }
    await expect(leadsTo(appoint, sent)).rejects.toBeInstanceOf(Missing)
  })
})

describe('a second press of “Delete account”', () => {
  const typed = { email: 'ana@example.com' }

  test.each([
    ['by a double click, in another tab, or by Back', ANA, '/sign-in/deleted'],
    ['of someone who only signed out', BEN, '/sign-in'],
    ['of a form that no page of ours made', null, '/sign-in'],
  ])('%s', async (_, user, page) => {
    world.leaving = [ANA]
    const owner = user ? sealFormOwner(user) : ANA
    const to = await leadsTo(deleteAccount, { ...typed, [FORM_OWNER]: owner })
    expect(to.pathname).toBe(page)
  })
})

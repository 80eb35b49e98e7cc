import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { payAtStripe, upgrade } from '@/app/pricing/actions'
import { confirmChange, undoChange } from '@/app/settings/billing/plans/actions'
import { DEMO_USERS } from '@/lib/auth/demo'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { Conflict, NotFound, Unauthenticated } from '@/lib/errors'
import { continueWith, sendLink } from './actions'
import { KeptFields } from './kept-fields'
import { readDemoForm } from './read-form'

const APP = 'https://app.example.com'
const SESSION = 'cs_test_a1B2c3'

const world = vi.hoisted(() => ({
  jar: null as unknown,
  signedIn: false,
  /** What the verb answers or throws. */
  verb: (): unknown => undefined,
  /** Where signing in is to lead. */
  returnTo: [] as string[],
}))
const Redirect = vi.hoisted(() => class extends Error {})

vi.mock('next/headers', () => ({
  headers: async () => new Headers({ origin: 'https://app.example.com' }),
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
  env: () => ({
    appUrl: 'https://app.example.com',
    auth: { secret: 'a-secret-of-ours' },
    stripe: { publishableKey: null },
  }),
}))
vi.mock('@/lib/log', () => ({ log: { info: () => {}, error: () => {} } }))
vi.mock('@/app/limits', () => ({
  limitSignIn: async () => {},
  limitCheckout: async () => {},
  limitBilling: async () => {},
  requestNetwork: async () => '203.0.113.7',
}))
vi.mock('@/lib/auth/sign-in', () => ({
  signInByEmail: async (_: string, to: string) => void world.returnTo.push(to),
  signInWith: async (_: string, to: string) => void world.returnTo.push(to),
}))
vi.mock('@/lib/auth/sign-out', () => ({ signOutEverywhereHere: async () => {} }))
vi.mock('@/lib/auth/session', () => ({
  requireUser: async () => {
    if (!world.signedIn) throw new Unauthenticated('signed_out')
    return { actor: { type: 'user', id: 'user-1', workspaceId: 'own-1' } }
  },
}))
vi.mock('@/lib/checkout/start', () => ({ startCheckout: async () => world.verb() }))
vi.mock('@/lib/subscriptions/change-plan', () => ({ changePlan: async () => world.verb() }))
vi.mock('@/lib/subscriptions/undo-change', () => ({ undoPlannedChange: async () => world.verb() }))

beforeEach(() => {
  Object.assign(world, { jar: new CookieJar(), signedIn: false, returnTo: [] })
  world.verb = () => expect.unreachable('The verb ran.')
})

/** Where an action leads that is given this form. */
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

/** The hidden fields of a form on the sign-in page with this address. */
function keptAt(address: string): Record<string, string> {
  const query = Object.fromEntries(new URL(address, APP).searchParams)
  const html = renderToStaticMarkup(<KeptFields query={query} />)
  const fields = html.matchAll(/name="(\w+)" value="([^"]*)"/g)
  return Object.fromEntries([...fields].map(([, name, value]) => [name, unescaped(value)]))
}

const unescaped = (text = '') => text.replaceAll('&amp;', '&').replaceAll('&#x27;', "'")

/** Where a visitor ends by each way to sign in that the page with this address has. */
async function signedInAt(address: string): Promise<string[]> {
  const kept = keptAt(address)
  const sent = await leadsTo(sendLink, form({ ...kept, email: 'ana@example.com' }))
  await leadsTo(continueWith, form({ ...kept, provider: 'github' }))
  // The page that says where the link went, and from there once more.
  await leadsTo(sendLink, form({ ...keptAt(sent), email: 'ana@example.com', again: 'yes' }))
  const demoEmail = DEMO_USERS[0]?.email ?? ''
  const demo = readDemoForm(form({ ...kept, email: demoEmail }))
  return [...new Set([...world.returnTo, demo.returnTo])]
}

describe('a visitor who chose a plan and is not signed in', () => {
  test.each([
    ['alone', {}],
    ['with a promotion code that came by link', { code: 'LAUNCH20' }],
    ['going on from a checkout that was left, whose code is kept there', { from: SESSION }],
  ])('chooses it once, %s', async (_, more) => {
    for (const action of [upgrade, payAtStripe]) {
      const address = await leadsTo(action, form({ tier: SMALL, interval: 'year', ...more }))
      const query = new URLSearchParams({ plan: SMALL, interval: 'year', ...more })
      expect(address).toBe(`/sign-in?${query}`)
      expect(await signedInAt(address)).toEqual([`/checkout/continue?${query}`])
      world.returnTo.length = 0
    }
  })

  test('is led back to the change that they agreed to, which is shown again', async () => {
    const address = await leadsTo(
      confirmChange,
      form({ tier: GREAT, interval: 'year', offer: 'sealed', agree: 'yes' }),
    )
    expect(address).toMatch(/^\/sign-in\?error=unauthenticated&ref=/)
    expect(await signedInAt(address)).toEqual([
      `/settings/billing/plans/confirm?tier=${GREAT}&interval=year`,
    ])
  })

  test('is led to billing where they took a planned change back', async () => {
    const address = await leadsTo(undoChange, form({}))
    expect(await signedInAt(address)).toEqual(['/settings/billing'])
  })
})

describe('a customer who is signed in', () => {
  beforeEach(() => {
    world.signedIn = true
  })

  test('is led to the page to pay on', async () => {
    world.verb = () => ({ kind: 'checkout', url: 'https://checkout.stripe.com/c/pay/cs_1' })
    const to = await leadsTo(upgrade, form({ tier: SMALL, interval: 'month' }))
    expect(to).toBe('https://checkout.stripe.com/c/pay/cs_1')
  })

  test('and pays for a plan already sees the change to the one they chose', async () => {
    world.verb = () => ({ kind: 'change_plan' })
    const to = await leadsTo(upgrade, form({ tier: GREAT, interval: 'year' }))
    expect(to).toBe(`/settings/billing/plans/confirm?tier=${GREAT}&interval=year&from=upgrade`)
  })

  test('and is refused keeps the plan, the code and the checkout it goes on from', async () => {
    world.verb = () => {
      throw new Conflict('checkout_opening')
    }
    const fields = { interval: 'year', code: 'LAUNCH20', from: SESSION }
    const to = await leadsTo(upgrade, form({ tier: SMALL, ...fields }))
    expect(to).toMatch(/^\/checkout\/continue\?error=conflict&ref=\w{8}&/)
    expect(to).toContain(`&${new URLSearchParams({ plan: SMALL, ...fields })}`)
  })

  test('and is refused a change keeps what it was to', async () => {
    world.verb = () => {
      throw new Conflict('amount_changed')
    }
    const to = await leadsTo(
      confirmChange,
      form({ tier: GREAT, interval: 'year', offer: 'sealed' }),
    )
    expect(to).toMatch(/^\/settings\/billing\/plans\/confirm\?error=conflict&ref=\w{8}&/)
    expect(to).toContain(`&tier=${GREAT}&interval=year`)
  })

  test('and has no plan to change by now is led to the plans', async () => {
    world.verb = () => {
      throw new NotFound('no_plan')
    }
    const fields = { tier: GREAT, interval: 'year', offer: 'sealed' }
    expect(await leadsTo(confirmChange, form(fields))).toMatch(
      /^\/settings\/billing\/plans\?error=not_found&ref=\w{8}$/,
    )
  })

  test('is led to billing by what was done', async () => {
    world.verb = () => ({ kind: 'changed' })
    expect(await leadsTo(confirmChange, form({ offer: 'sealed' }))).toBe(
      '/settings/billing?done=changed',
    )
  })
})

describe('no form leads to another site', () => {
  const AWAY = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/%5Cevil.example',
    '/%2F/evil.example',
    '/settings/../\t/evil.example',
  ]

  test.each(AWAY)('whatever stands in its fields: %s', async (away) => {
    const fields = { tier: away, plan: away, interval: away, code: away, from: away, return: away }
    for (const signedIn of [false, true]) {
      world.signedIn = signedIn
      for (const action of [upgrade, payAtStripe, confirmChange, sendLink, continueWith]) {
        const to = await leadsTo(action, form({ ...fields, offer: away, email: away }))
        expect(new URL(to, APP).origin).toBe(APP)
        expect(decodeURIComponent(new URL(to, APP).pathname)).not.toContain('evil')
      }
    }
  })

  test.each(AWAY)('whatever stands in the address of the sign-in page: %s', async (away) => {
    const query = new URLSearchParams({ return: away, plan: away, code: away, from: away })
    for (const to of await signedInAt(`/sign-in?${query}`)) {
      expect(new URL(to, APP).origin).toBe(APP)
      expect(decodeURIComponent(to)).not.toContain('evil')
    }
  })

  test.each([[null], ['tier'], [{ tier: SMALL }], [[1]]])(
    'what is no form, as %j, is refused in words',
    async (given) => {
      world.signedIn = true
      for (const action of [upgrade, payAtStripe, confirmChange]) {
        expect(await leadsTo(action, given)).toContain('error=invalid')
      }
    },
  )
})

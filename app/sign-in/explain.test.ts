import { beforeEach, describe, expect, test, vi } from 'vitest'
import { readRefusal } from '@/app/components/read-refusal'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { explainSignIn } from './explain'

const APP = 'https://app.example.com'
const world = vi.hoisted(() => ({ jar: null as unknown, logged: [] as object[] }))

vi.mock('next/headers', () => ({ cookies: async () => world.jar }))
vi.mock('@/lib/env', () => ({
  env: () => ({ appUrl: 'https://app.example.com', auth: { secret: 'a-secret-of-ours' } }),
}))
vi.mock('@/lib/log', () => ({ log: { info: (line: object) => world.logged.push(line) } }))

beforeEach(() => {
  world.jar = new CookieJar()
  world.logged.length = 0
})

/** Where next-auth leads, and what the page there says. */
async function led(location: string, outage: Error | null = null) {
  const headers = new Headers({ location, 'set-cookie': 'one=1' })
  const response = await explainSignIn(new Response(null, { status: 302, headers }), outage)
  const to = new URL(response.headers.get('location') ?? '')
  const refusal = await readRefusal(Object.fromEntries(to.searchParams))
  return { response, to, refusal }
}

describe('a sign-in that failed', () => {
  test.each([
    ['Verification', 'link_used'],
    ['AccessDenied', 'links_turned_off'],
    ['EmailNotVerified', 'email_not_verified'],
    ['SecondAccount', 'address_has_account'],
    ['OAuthAccountNotLinked', 'address_has_account'],
    ['OAuthCallbackError', 'other_site_unfinished'],
    ['Configuration', 'sign_in_away'],
    ['toString', 'sign_in_away'],
  ])('with %s says %s, with a reference that the log has', async (code, reason) => {
    const { to, refusal } = await led(`${APP}/sign-in?error=${code}&return=%2Fpricing`)
    expect(refusal).toMatchObject({ reason, inLog: true })
    expect(to.searchParams.get('error')).toBe(code)
    expect(to.searchParams.get('return')).toBe('/pricing')
    expect(world.logged).toEqual([{ code, reason, ref: refusal?.ref }])
  })

  test('because our records are away says that, whatever next-auth took it for', async () => {
    const outage = new Error('no connection')
    const { refusal } = await led(`${APP}/sign-in?error=Verification`, outage)
    expect(refusal?.reason).toBe('records_away')
  })

  test('keeps what next-auth set, and its status', async () => {
    const { response } = await led(`${APP}/sign-in?error=Verification`)
    expect(response.status).toBe(302)
    expect(response.headers.getSetCookie()).toEqual(['one=1'])
  })

  test.each([
    `${APP}/settings/billing`,
    `${APP}/sign-in`,
    `${APP}/pricing?error=Verification`,
    'https://github.com/sign-in?error=Verification',
  ])('is not what leads to %s', async (location) => {
    const { to, refusal } = await led(location)
    expect([to.href, refusal, world.logged]).toEqual([location, null, []])
  })
})

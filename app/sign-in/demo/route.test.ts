import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { RateLimited } from '@/lib/errors'
import { POST } from './route'

const ORIGIN = 'http://localhost:3000'
const world = vi.hoisted(() => ({
  devTools: true,
  headers: new Headers(),
  jar: null as unknown,
  busy: false,
  signedIn: [] as [string, string][],
}))

vi.mock('next/headers', () => ({
  headers: async () => world.headers,
  cookies: async () => world.jar,
}))
vi.mock('@/lib/env', () => ({
  env: () => ({
    devTools: world.devTools,
    appUrl: 'http://localhost:3000',
    auth: { secret: 'a-secret-of-ours' },
  }),
}))
vi.mock('@/app/limits', () => ({
  limitSignIn: async () => {
    if (world.busy) throw new RateLimited('too_many_sign_ins', 30)
  },
}))
vi.mock('@/lib/auth/sign-in', () => ({
  demoSignIn: async (email: string, returnTo: string) => {
    world.signedIn.push([email, returnTo])
    return '/api/auth/callback/email?token=t'
  },
}))

const FORM = 'application/x-www-form-urlencoded'

beforeEach(() => {
  world.jar = new CookieJar()
  world.devTools = true
  world.busy = false
  world.signedIn.length = 0
})

async function post(body: string, given: Record<string, string> = {}) {
  let read = 0
  const rest = Buffer.from(body)
  const stream = new ReadableStream(
    {
      pull(controller) {
        const chunk = rest.subarray(read, read + 1024)
        read += chunk.byteLength
        if (chunk.byteLength > 0) controller.enqueue(chunk)
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  world.headers = new Headers({ origin: ORIGIN, 'content-type': FORM, ...given })
  const init = { method: 'POST', body: stream, headers: world.headers, duplex: 'half' }
  const response = await POST(new Request(`${ORIGIN}/sign-in/demo`, init))
  return { status: response.status, to: response.headers.get('location'), read }
}

describe('the demo’s sign-in', () => {
  test('takes the form of the sign-in page, and remembers where one was going', async () => {
    const answer = await post(`plan=${SMALL}&interval=year&email=ada%40demo.test`)
    expect(answer).toMatchObject({ status: 303, to: `${ORIGIN}/api/auth/callback/email?token=t` })
    expect(world.signedIn).toEqual([
      ['ada@demo.test', `/checkout/continue?plan=${SMALL}&interval=year`],
    ])
  })

  test('is not there without a sandbox, and then reads nothing', async () => {
    world.devTools = false
    expect(await post('email=ada%40demo.test')).toEqual({ status: 404, to: null, read: 0 })
  })

  test.each(['https://evil.example', 'null', ''])(
    'turns away what %s posts, and reads nothing of it',
    async (origin) => {
      expect(await post('email=ada%40demo.test', { origin })).toEqual({
        status: 303,
        to: expect.stringMatching(/^http:\/\/localhost:3000\/sign-in\?error=origin&ref=\w{8}$/),
        read: 0,
      })
    },
  )

  test.each(['application/json', 'text/plain', 'multipart/form-data', ''])(
    'refuses %s, and reads nothing of it',
    async (type) => {
      const answer = await post('email=ada%40demo.test', { 'content-type': type })
      expect(answer).toEqual({ status: 400, to: null, read: 0 })
    },
  )

  test('does not begin to read what says that it is long', async () => {
    const answer = await post('x'.repeat(5000), { 'content-length': '5000' })
    expect(answer).toEqual({ status: 400, to: null, read: 0 })
  })

  test.each(['x'.repeat(5000), '', 'email=%zz', 'email=owner%40example.com', '=&&&'])(
    'refuses a body that is too long, empty, broken or of no demo user',
    async (body) => {
      expect(await post(body)).toMatchObject({ status: 400 })
    },
  )

  test('counts like any other sign-in', async () => {
    world.busy = true
    const answer = await post('email=ada%40demo.test')
    expect(answer).toMatchObject({
      status: 303,
      to: expect.stringMatching(/\/sign-in\?error=rate_limited&ref=\w{8}$/),
    })
    expect(world.signedIn).toEqual([])
  })
})

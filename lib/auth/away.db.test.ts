import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listEntries } from '@/db/queries/outbox'
import * as signIns from '@/db/queries/sign-ins'
import { accounts, users } from '@/db/schema/auth'
import { Unavailable } from '@/lib/errors'
import { log } from '@/lib/log'
import { MAIL, Mail } from '@/lib/mail/mail'
import { signInByEmail, signInWith } from './sign-in'

// Nothing listens on this port.
const place = vi.hoisted(() => ({ server: 'smtp://127.0.0.1:1' }))

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  const google = { id: 'id', secret: 'secret' }
  const github = { id: 'id', secret: 'secret' }
  return {
    env: () => ({
      ...env(),
      email: { server: place.server, from: 'app@example.test' },
      auth: { ...env().auth, github, google },
    }),
  }
})
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ host: 'localhost:3000', 'x-forwarded-proto': 'http' }),
  cookies: async () => ({ set: () => {} }),
}))
vi.mock('@/db/queries/sign-ins', { spy: true })

beforeEach(() => {
  vi.restoreAllMocks()
})
afterAll(() => disconnect())

const ask = (email: string) => signInByEmail(email, '/pricing', null)

async function mailTo(address: string) {
  const entries = await listEntries(MAIL, 50)
  return entries.filter(({ payload }) => Mail.parse(payload).to === address)
}

describe('with the mail server away', () => {
  test('a visitor who asks for a link reads that the mail was not sent, and it is kept', async () => {
    const write = vi.spyOn(log, 'error')
    await expect(ask('ada@example.test')).rejects.toEqual(new Unavailable('mail_away'))
    expect(await mailTo('ada@example.test')).toEqual([
      expect.objectContaining({ deliveredAt: null, attempts: 1 }),
    ])
    expect(JSON.stringify(write.mock.calls)).not.toContain('ada@example.test')
  })

  test('an address whose owner turned links off is answered in the same way', async () => {
    const [bob] = await db()
      .insert(users)
      .values({ email: 'bob@example.test', emailSignIn: false })
      .returning()
    const own = { userId: bob?.id ?? '', provider: 'github', providerAccountId: '7' } as const
    await db().insert(accounts).values(own)
    await expect(ask('bob@example.test')).rejects.toEqual(new Unavailable('mail_away'))
    expect(await mailTo('bob@example.test')).toHaveLength(1)
    await db().delete(accounts).where(eq(accounts.userId, own.userId))
  })
})

test('with our records away inside next-auth, that is what is said', async () => {
  vi.mocked(signIns.insertSignInToken).mockRejectedValueOnce(new Unavailable('records_away'))
  await expect(ask('eve@example.test')).rejects.toEqual(new Unavailable('records_away'))
})

test('with Google away, it is the other site that could not be reached', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed'))
  await expect(signInWith('google', '/pricing')).rejects.toEqual(new Unavailable('other_site_away'))
})

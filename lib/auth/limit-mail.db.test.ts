import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { signInNetworks, verificationTokens } from '@/db/schema/auth'
import { RateLimited } from '@/lib/errors'
import { listCapturedMail } from '@/lib/mail/captured'
import { soak } from '@/scripts/test/soak.fixture'
import { newBrowser } from './browser.fixture'
import { limitMail } from './limit-mail'
import { demoSignIn, signInByEmail } from './sign-in'

const APP = 'http://localhost:3000'
const HOME = '203.0.113.7'
let browser = newBrowser(APP)
let people = 0
let email = ''

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  return { env: () => ({ ...env(), devTools: true }) }
})
vi.mock('next/headers', () => ({
  headers: async () => browser.headers(),
  cookies: async () => browser.jar,
}))

// A busy machine is no failure: what Redis counts is the subject here, and not how fast.
vi.mock('@/lib/redis/client', async (original) => {
  const { openStore } = await original<typeof import('@/lib/redis/client')>()
  const { env } = await import('@/lib/env')
  const patient = openStore({ ...env().redis, budgetMs: 20_000 })
  return { openStore, store: () => patient }
})

beforeEach(() => {
  browser = newBrowser(APP)
  people += 1
  email = `customer${people}@example.com`
})
afterAll(() => disconnect())

const ask = (network: string | null) => signInByEmail(email, '/', network)
const mails = async () => (await listCapturedMail(1000)).filter(({ to }) => to === email).length

/** How many of `count` requests are let through. */
async function askOften(count: number, network: (n: number) => string | null): Promise<number> {
  let sent = 0
  for (let n = 0; n < count; n++) {
    await ask(network(n)).then(
      () => sent++,
      (error) => expect(error).toBeInstanceOf(RateLimited),
    )
  }
  return sent
}

/** What others use up of an address, from many networks; their mails are not what such a test is about. */
async function useUp(network = (n: number): string | null => `198.51.100.${n}`): Promise<void> {
  const asked = Array.from({ length: 44 }, (_, n) => limitMail(email, null, network(n)))
  const answers = await Promise.allSettled(asked)
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(40)
}

async function signInFrom(network: string | null): Promise<void> {
  await browser.open(await demoSignIn(email), network)
}

describe('a visitor who asks for links to another person’s address', () => {
  test('gets ten of them in an hour, and reads the time to wait', async () => {
    expect(await askOften(12, () => '198.51.100.1')).toBe(10)
    const refused: unknown = await ask('198.51.100.1').catch((error: unknown) => error)
    if (!(refused instanceof RateLimited)) throw refused
    expect(refused.retryAfterSeconds).toBeGreaterThan(3500)
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(3600)
  })

  test('does not keep its owner from a link, asked for from anywhere else', async () => {
    expect(await askOften(15, () => '198.51.100.1')).toBe(10)
    await expect(ask(HOME)).resolves.toBeUndefined()
  })

  soak('gets no more than forty, from however many networks', async () => {
    expect(await askOften(100, (n) => `198.51.100.${n}`)).toBe(40)
    expect(await mails()).toBe(40)
  })

  test('from many networks does not keep its owner out where they signed in before', async () => {
    await signInFrom(HOME)
    await useUp()
    await expect(ask('192.0.2.1')).rejects.toThrow(RateLimited)
    const before = await mails()
    await expect(ask(HOME)).resolves.toBeUndefined()
    expect(await mails()).toBe(before + 1)
  })

  test('from an unknown network gets no more than forty', async () => {
    await useUp(() => null)
    await expect(ask(null)).rejects.toThrow(RateLimited)
  })
})

describe('on a network that is known for an address', () => {
  test('the user is never refused: a link that still works is not sent again, and one that was used is', async () => {
    await signInFrom(HOME)
    expect(await askOften(15, () => HOME)).toBe(15)
    // One of the demo's, and ten of the form's.
    expect(await mails()).toBe(11)
    await db().delete(verificationTokens).where(eq(verificationTokens.identifier, email))
    await expect(ask(HOME)).resolves.toBeUndefined()
    expect(await mails()).toBe(12)
  })

  test('many requests at once for a link that was used bring a few mails, not many', async () => {
    await signInFrom(HOME)
    await askOften(10, () => HOME)
    await db().delete(verificationTokens).where(eq(verificationTokens.identifier, email))
    await Promise.all(Array.from({ length: 20 }, () => ask(HOME)))
    const sent = (await mails()) - 11
    expect(sent).toBeGreaterThanOrEqual(1)
    expect(sent).toBeLessThanOrEqual(5)
  })

  test('another user’s address is not known', async () => {
    await signInFrom(HOME)
    email = `other${people}@example.com`
    await useUp()
    await expect(ask(HOME)).rejects.toThrow(RateLimited)
  })

  test('and it stays known for a hundred days after the last sign-in, then is removed', async () => {
    await signInFrom(HOME)
    await useUp()
    const past = { expires: sql`clock_timestamp() - interval '1 second'` }
    await db().update(signInNetworks).set(past)
    await expect(ask(HOME)).rejects.toThrow(RateLimited)
    email = `other${people}@example.com`
    await signInFrom('192.0.2.7')
    const rows = await db().execute(
      sql`select expires - clock_timestamp() > interval '99 days' as kept from sign_in_networks`,
    )
    expect(rows).toEqual([{ kept: true }])
  })

  test('what is kept of it names neither the network nor those who share it', async () => {
    await signInFrom(HOME)
    browser.cookies.clear()
    email = `neighbor${people}@example.com`
    await signInFrom(HOME)
    const rows = await db().select().from(signInNetworks)
    expect(JSON.stringify(rows)).not.toContain('203.0.113')
    expect(new Set(rows.map(({ networkHash }) => networkHash)).size).toBe(rows.length)
  })

  test('a sign-in stands when its network cannot be kept', async () => {
    await db().execute(sql`alter table sign_in_networks rename to elsewhere`)
    const answer = await browser.open(await demoSignIn(email), HOME)
    await db().execute(sql`alter table elsewhere rename to sign_in_networks`)
    expect(answer.headers.get('location')).toBe(`${APP}/settings/billing`)
    expect(browser.cookies.get('authjs.session-token')).toBeTruthy()
  })
})

import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { refusedTo } from '@/app/refused-to'
import type { Reason } from '@/lib/refusals/sentences'
import { readRefusal } from './read-refusal'

const world = vi.hoisted(() => ({ jar: null as unknown }))

vi.mock('next/headers', () => ({ cookies: async () => world.jar }))
vi.mock('@/lib/env', () => ({
  env: () => ({ appUrl: 'https://app.example.com', auth: { secret: 'a-secret-of-ours' } }),
}))

beforeEach(() => {
  world.jar = new CookieJar()
})

/** What a page says of a refusal. */
async function said(reason: Reason, retryAfterSeconds?: number) {
  const refusal = { code: 'conflict', reason, ref: '0123abcd', inLog: true }
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
  const to = await refusedTo('/sign-in', { ...refusal, ...wait })
  return readRefusal(Object.fromEntries(new URLSearchParams(to.split('?')[1])))
}

describe('what went wrong', () => {
  test('nothing went wrong', async () => {
    expect(await readRefusal({})).toBeNull()
  })

  test('a billing account that is gone says what became of it, and not that there never was one', async () => {
    expect((await said('no_billing'))?.title).toBe('There is no billing account yet.')
    expect((await said('customer_deleted'))?.title).toContain('deleted at Stripe')
    expect((await said('customer_missing'))?.title).toContain('Stripe does not have')
  })

  test.each([
    [1, '1 second'],
    [45, '45 seconds'],
    [60, '1 minute'],
    [61, '2 minutes'],
    [240, '4 minutes'],
    [3600, '60 minutes'],
    [7200, '2 hours'],
  ])('of what was tried too often it says when to come back: %i is %s', async (wait, text) => {
    expect((await said('too_many_tries', wait))?.advice).toBe(
      `Nothing was charged or changed. Try again in ${text}.`,
    )
  })

  test('a time to wait that the address names is not shown', async () => {
    const to = await said('too_many_tries', 240)
    const query = { error: 'conflict', ref: to?.ref, wait: '5 minutes, or call +1 555' }
    expect((await readRefusal(query))?.advice).toContain('in 4 minutes.')
  })
})

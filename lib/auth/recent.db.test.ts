import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { insertSession } from '@/db/queries/sessions'
import { sessions } from '@/db/schema/auth'
import { someone } from '@/lib/workspaces/someone.fixture'
import { requireRecentSignIn, signedInRecently } from './recent'

const browser: { token: string | undefined } = { token: undefined }
vi.mock('next/headers', () => ({
  cookies: async () => ({ get: () => browser.token && { value: browser.token } }),
}))

afterAll(disconnect)

/** Someone who signed in so many minutes ago. */
async function signedIn(minutes: number) {
  const { userId } = await someone()
  const sessionToken = randomUUID()
  const expires = new Date(Date.now() + 3_600_000)
  await insertSession({ sessionToken, userId, expires })
  browser.token = sessionToken
  await db()
    .update(sessions)
    .set({ createdAt: sql`clock_timestamp() - make_interval(mins => ${minutes})` })
    .where(sql`user_id = ${userId}`)
}

describe('what cannot be undone', () => {
  it.each([0, 29])('is open to who signed in %i minutes ago', async (minutes) => {
    await signedIn(minutes)
    expect(await signedInRecently()).toBe(true)
    await expect(requireRecentSignIn()).resolves.toBeUndefined()
  })

  it('asks who signed in 31 minutes ago to sign in again', async () => {
    await signedIn(31)
    await expect(requireRecentSignIn()).rejects.toMatchObject({ reason: 'sign_in_again' })
  })

  it.each([undefined, 'made-up'])('is not open to the session %s', async (token) => {
    browser.token = token
    expect(await signedInRecently()).toBe(false)
  })
})

import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { db, disconnect } from '@/db/client'
import { findUserByAccount } from '@/db/queries/accounts'
import { listAudit } from '@/db/queries/audit'
import { endOperator, findSessionOperator, listOperators } from '@/db/queries/operators'
import { findSessionUser } from '@/db/queries/sessions'
import { accounts, sessions, users } from '@/db/schema/auth'
import { operators } from '@/db/schema/operators'
import { operatorActor } from '@/lib/audit/actor'
import { authAdapter } from '@/lib/auth/adapter'
import type { UserId } from '@/lib/ids'
import { someone } from '@/lib/workspaces/someone.fixture'
import { appointOperator } from './appoint'
import { parseReason } from './reason'
import { revokeOperator } from './revoke'

// As scripts/test-database.ts has it in ADMIN_EMAILS.
const NAMED = 'first-operator@example.test'
const reason = 'On call this week'

beforeEach(async () => {
  await db().delete(users)
})
afterAll(disconnect)

describe('signing in with an address of ADMIN_EMAILS', () => {
  test('that is proven makes an operator, and the trail says that the variable did', async () => {
    const { userId } = await someone({ email: NAMED, emailVerified: new Date() })
    const token = await signIn(userId)
    expect(await findSessionOperator(token)).toMatchObject({ id: userId, email: NAMED })
    expect(await listAudit(`user:${userId}`)).toMatchObject([
      {
        action: 'operator.appoint',
        actor: { type: 'system', job: 'ADMIN_EMAILS' },
        after: { operator: userId },
      },
    ])
  })

  test('that someone else had set proves it for its owner alone, who gets the role', async () => {
    // As a change at Stripe leaves it: the account of one person, with the address of another.
    const { userId } = await someone({ email: NAMED, emailVerified: null })
    const unknownAccount = { provider: 'github', providerAccountId: '4711' }
    await db()
      .insert(accounts)
      .values({ userId, ...unknownAccount })
    const theirs = await signIn(userId)
    await authAdapter().updateUser?.({ id: userId, emailVerified: new Date() })
    expect(await findSessionOperator(await signIn(userId))).toMatchObject({ id: userId })
    expect(await findSessionUser(theirs)).toBeNull()
    expect(await findUserByAccount(unknownAccount)).toBeNull()
    expect((await listAudit(`user:${userId}`)).map(({ action }) => action)).toEqual([
      'sign_in_method.remove',
      'operator.appoint',
    ])
  })

  test('that was proven before ends no session and takes no way to sign in away', async () => {
    const { userId } = await someone({ emailVerified: new Date() })
    const own = { provider: 'github', providerAccountId: '4712' }
    await db()
      .insert(accounts)
      .values({ userId, ...own })
    const token = await signIn(userId)
    await authAdapter().updateUser?.({ id: userId, emailVerified: new Date() })
    expect(await findSessionUser(token)).toMatchObject({ id: userId })
    expect(await findUserByAccount(own)).toMatchObject({ id: userId })
  })

  test('that no one has proven makes none', async () => {
    const { userId } = await someone({ email: NAMED, emailVerified: null })
    expect(await findSessionOperator(await signIn(userId))).toBeNull()
  })

  test('makes no operator of someone with another address', async () => {
    const { userId } = await someone({ emailVerified: new Date() })
    expect(await findSessionOperator(await signIn(userId))).toBeNull()
    expect(await listOperators()).toEqual([])
  })

  test('brings back no role that was taken away', async () => {
    const { userId } = await someone({ email: NAMED, emailVerified: new Date() })
    const other = await anOperator()
    await signIn(userId)
    await revokeOperator(operatorActor(other), { userId, reason })
    expect(await findSessionOperator(await signIn(userId))).toBeNull()
  })

  test('twice, or in two browsers at once, appoints once', async () => {
    const { userId } = await someone({ email: NAMED, emailVerified: new Date() })
    await Promise.all([signIn(userId), signIn(userId)])
    await signIn(userId)
    expect(await listAudit(`user:${userId}`)).toHaveLength(1)
  })
})

describe('an operator', () => {
  test('appoints someone who signs in here, once, with a reason', async () => {
    const by = await anOperator()
    const { userId } = await someone({ email: 'new@example.test', emailVerified: new Date() })
    const given = { email: 'new@example.test', reason }
    await Promise.all([1, 2].map(() => appointOperator(operatorActor(by), given)))
    expect(await findSessionOperator(await signIn(userId))).toMatchObject({ id: userId })
    expect(await listAudit(`user:${userId}`)).toMatchObject([
      { action: 'operator.appoint', actor: { type: 'operator', id: by }, after: { reason } },
    ])
  })

  test('appoints no one by an address that no one has proven', async () => {
    const { userId } = await someone({ email: 'new@example.test', emailVerified: null })
    const given = { email: 'new@example.test', reason }
    await expect(appointOperator(operatorActor(await anOperator()), given)).rejects.toMatchObject({
      reason: 'address_unproven',
    })
    expect(await findSessionOperator(await signIn(userId))).toBeNull()
  })

  test('appoints no one who never signed in', async () => {
    const given = { email: 'unknown@example.test', reason }
    await expect(appointOperator(operatorActor(await anOperator()), given)).rejects.toMatchObject({
      reason: 'no_such_user',
    })
  })

  test('takes the role back, whose next request is refused, and gives it again', async () => {
    const [by, userId] = [await anOperator(), await anOperator()]
    const token = await signIn(userId)
    await revokeOperator(operatorActor(by), { userId, reason })
    await revokeOperator(operatorActor(by), { userId, reason })
    expect(await findSessionOperator(token)).toBeNull()
    expect(await listAudit(`user:${userId}`)).toMatchObject([
      { action: 'operator.revoke', before: { operator: userId }, after: { reason } },
    ])
    await appointOperator(operatorActor(by), { email: `${userId}@example.test`, reason })
    expect(await findSessionOperator(token)).toMatchObject({ id: userId })
  })

  test('who is the last one keeps the role, also when two take it from each other at once', async () => {
    const [a, b] = [await anOperator(), await anOperator()]
    const both = await Promise.allSettled([
      revokeOperator(operatorActor(a), { userId: b, reason }),
      revokeOperator(operatorActor(b), { userId: a, reason }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const left = (await listOperators()).filter(({ revokedAt }) => !revokedAt)
    expect(left).toHaveLength(1)
  })

  test('whose session is over, or whose user is gone, is none', async () => {
    const userId = await anOperator()
    const token = await signIn(userId)
    await db()
      .update(sessions)
      .set({ expires: new Date(Date.now() - 1000) })
      .where(eq(sessions.userId, userId))
    expect(await findSessionOperator(token)).toBeNull()
    await db().delete(users).where(eq(users.id, userId))
    expect(await listOperators()).toEqual([])
  })

  test('is known to have signed in when the session began, however long it was prolonged', async () => {
    const userId = await anOperator()
    const token = await signIn(userId)
    await db()
      .update(sessions)
      .set({ createdAt: new Date(Date.now() - 3_600_000), expires: new Date(Date.now() + 60_000) })
      .where(eq(sessions.userId, userId))
    await authAdapter().updateSession?.({
      sessionToken: token,
      expires: new Date(Date.now() + 9e8),
    })
    const { signedInFor = 0 } = (await findSessionOperator(token)) ?? {}
    expect(Math.round(signedInFor / 60_000)).toBe(60)
  })
})

test('a role that ended stays on record', async () => {
  const userId = await anOperator()
  await db().transaction((tx) => endOperator(tx, userId))
  expect(await listOperators()).toMatchObject([{ userId, revokedAt: expect.any(Date) }])
})

test.each([undefined, '', ' a ', 'no', 'x'.repeat(501), 'a\0bc'])('%j is no reason', (given) => {
  expect(() => parseReason(given)).toThrow('Say why')
})

async function anOperator(): Promise<UserId> {
  const { userId } = await someone({ emailVerified: new Date() })
  await db().insert(operators).values({ userId })
  return userId
}

async function signIn(userId: UserId): Promise<string> {
  const sessionToken = randomBytes(32).toString('base64url')
  const expires = new Date(Date.now() + 86_400_000)
  await authAdapter().createSession?.({ sessionToken, userId, expires })
  return sessionToken
}

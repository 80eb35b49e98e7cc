import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db, inTransaction } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { accounts, sessions, verificationTokens } from '@/db/schema/auth'
import { recordAudit } from '@/lib/audit/record'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { exportPerson } from './export-person'

const { history } = historyForFile()

describe('a copy of what is known of someone', () => {
  it('has who they are, what they bought and did, and no secret of theirs', async () => {
    const me = await subscriber()
    await history.arrive()
    const { userId } = me
    const expires = new Date(Date.now() + 60_000)
    const secrets = [randomUUID(), randomUUID()]
    const [tokenHash = '', token = ''] = secrets
    await db().insert(sessions).values({ tokenHash, userId, expires })
    await db()
      .insert(verificationTokens)
      .values({ identifier: `${userId}@example.test`, token, expires })
    await db().insert(accounts).values({ userId, provider: 'github', providerAccountId: '7' })
    await inTransaction((tx) =>
      recordAudit(
        tx,
        { type: 'system', job: 'grant by root' },
        { scope: me.customerId, action: 'override.grant', after: { reason: 'a nice person' } },
      ),
    )
    const copy = await exportPerson(me.actor)
    expect(copy).toMatchObject({
      user: { id: userId, email: `${userId}@example.test` },
      signIns: [{ provider: 'github' }],
      workspaces: [{ id: me.workspaceId, role: 'owner' }],
      customers: [me.customerId],
      subscriptions: [{ id: me.subscriptionId, status: 'active', unitAmount: 1900 }],
      invoices: [expect.stringMatching(/^in_/)],
      access: { tier: 'pro' },
    })
    expect(copy.activity.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['subscription.start', 'invoice.paid', 'override.grant']),
    )
    const text = JSON.stringify(copy)
    for (const secret of [...secrets, 'a nice person', 'root']) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/hash/i)
    expect((await listAudit(`user:${userId}`)).at(-1)).toMatchObject({
      action: 'person.export',
      actor: me.actor,
    })
  })

  it('has nothing of anybody else', async () => {
    const [me, other] = [await subscriber(), await subscriber()]
    await history.arrive()
    const text = JSON.stringify(await exportPerson(me.actor))
    for (const word of [other.userId, other.customerId, other.subscriptionId])
      expect(text).not.toContain(word)
  })
})

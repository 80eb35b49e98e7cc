import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { db, disconnect, inTransaction } from '@/db/client'
import { findUserByEmail } from '@/db/queries/users'
import { findWorkspace } from '@/db/queries/workspaces'
import { users } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import { memberships, workspaces } from '@/db/schema/workspaces'
import { ensureDemoUser } from '@/lib/auth/ensure-demo-user'
import { openAccount } from '@/lib/auth/open-account'
import { openByEmail } from '@/lib/auth/open-by-email'
import type { CustomerId, UserId } from '@/lib/ids'
import { openPersonal } from './open-personal'
import { personalWorkspaceOf } from './personal'
import { aTeam, newWorkspaceId, someone } from './someone.fixture'

afterAll(disconnect)

const newEmail = () => `${randomUUID()}@example.test`
const membersOf = (id: UserId) =>
  db()
    .select()
    .from(memberships)
    .where(eq(memberships.workspaceId, personalWorkspaceOf(id)))
const newCustomer = (): CustomerId => `cus_${randomUUID().replaceAll('-', '')}`

describe('a user', () => {
  it.each([
    ['by a link', async (email: string) => (await openByEmail(email)).id],
    [
      'by GitHub',
      async (email: string) => {
        const identity = { provider: 'github', providerAccountId: randomUUID() }
        await openAccount({ ...identity, email, name: 'Ada' })
        return (await findUserByEmail(email))?.id ?? ''
      },
    ],
    ['with the demo', (email: string) => ensureDemoUser({ name: 'Ada', email })],
  ])('that comes %s owns a personal workspace with their own id', async (_, come) => {
    const id = await come(newEmail())
    expect(await findWorkspace(personalWorkspaceOf(id))).toMatchObject({
      id,
      kind: 'personal',
      name: null,
    })
    expect(await membersOf(id)).toMatchObject([{ userId: id, role: 'owner' }])
  })

  it('gets it in the same commit: neither is there when one of them cannot be', async () => {
    const id = randomUUID()
    const lost = inTransaction(async (tx) => {
      await openPersonal(tx, { id, email: newEmail(), name: null })
      throw new Error('The process died.')
    })
    await expect(lost).rejects.toThrow('The process died.')
    // A workspace that is there already, under this very id.
    await db()
      .insert(workspaces)
      .values({ id: personalWorkspaceOf(id), kind: 'team' })
    const taken = inTransaction((tx) => openPersonal(tx, { id, email: newEmail(), name: null }))
    await expect(taken).rejects.toThrow()
    expect(await db().$count(users, eq(users.id, id))).toBe(0)
    expect(await membersOf(id)).toEqual([])
  })

  it('that is there already gets no second one, however many come with the address at once', async () => {
    const email = newEmail()
    const opened = await Promise.all([1, 2, 3, 4].map(() => openByEmail(email)))
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
    expect(await membersOf(opened[0]?.id ?? '')).toHaveLength(1)
  })
})

describe('the records', () => {
  it('take a customer of a workspace that exists, and of no other', async () => {
    const insert = (workspaceId: ReturnType<typeof newWorkspaceId>) =>
      db().insert(customers).values({ id: newCustomer(), workspaceId, livemode: false })
    await expect(insert(newWorkspaceId())).rejects.toThrow()
    await expect(insert((await someone()).workspaceId)).resolves.toBeDefined()
  })

  it('have one living customer for a workspace, and one workspace for a customer', async () => {
    const [ada, bob] = [await someone(), await someone()]
    const id = newCustomer()
    const insert = (row: Pick<typeof customers.$inferInsert, 'id' | 'workspaceId' | 'deletedAt'>) =>
      db()
        .insert(customers)
        .values({ ...row, livemode: false })
    await insert({ id, workspaceId: ada.workspaceId })
    await expect(insert({ id: newCustomer(), workspaceId: ada.workspaceId })).rejects.toThrow()
    await expect(insert({ id, workspaceId: bob.workspaceId })).rejects.toThrow()
    // One that was deleted at Stripe stands in no other's way.
    const deletedAt = new Date()
    await insert({ id: newCustomer(), workspaceId: ada.workspaceId, deletedAt })
    expect(await db().$count(customers, eq(customers.workspaceId, ada.workspaceId))).toBe(2)
  })

  it('know no other kind of workspace, and no other role', async () => {
    const { userId } = await someone()
    const strange = { id: newWorkspaceId(), kind: 'guild' as 'team' }
    await expect(db().insert(workspaces).values(strange)).rejects.toThrow()
    const workspaceId = await aTeam('Lovelace & Co', (await someone()).userId)
    const jester = { workspaceId, userId, role: 'jester' as 'member' }
    await expect(db().insert(memberships).values(jester)).rejects.toThrow()
  })
})

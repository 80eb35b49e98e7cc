import { randomUUID } from 'node:crypto'
import { inTransaction } from '@/db/client'
import type { NewUser } from '@/db/queries/users'
import { insertWorkspace } from '@/db/queries/workspaces'
import { memberships } from '@/db/schema/workspaces'
import { userActor } from '@/lib/audit/actor'
import { isWorkspaceId, type UserId, type WorkspaceId } from '@/lib/ids'
import { openPersonal } from './open-personal'
import { personalWorkspaceOf } from './personal'

/** A user with their own workspace, as the actor of what they do. */
export async function someone(given: Partial<NewUser> = {}) {
  const id = given.id ?? randomUUID()
  const user = await inTransaction((tx) =>
    openPersonal(tx, { id, email: `${id}@example.test`, name: null, ...given }),
  )
  if (!user) throw new Error('That address is taken.')
  const workspaceId = personalWorkspaceOf(user.id)
  return { userId: user.id, workspaceId, actor: userActor(user.id, workspaceId) }
}

/** The id of no workspace, or of one that is yet to be made. */
export function newWorkspaceId(): WorkspaceId {
  const id: unknown = randomUUID()
  if (isWorkspaceId(id)) return id
  throw new Error('randomUUID gave no UUID.')
}

/** A team with these owners, the first of them first. */
export async function aTeam(
  name: string,
  first: UserId,
  ...others: UserId[]
): Promise<WorkspaceId> {
  const id = newWorkspaceId()
  await inTransaction((tx) => insertWorkspace(tx, { id, kind: 'team', name }, first))
  for (const userId of others) {
    await inTransaction(async (tx) => {
      await tx.insert(memberships).values({ workspaceId: id, userId, role: 'owner' })
    })
  }
  return id
}

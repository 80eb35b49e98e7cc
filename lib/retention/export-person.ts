import { inTransaction } from '@/db/client'
import { listOwnScopes } from '@/db/queries/activity'
import { listCustomersOf } from '@/db/queries/erase'
import { exportBought, exportTrail, exportUser, exportWorkspace } from '@/db/queries/export'
import type { UserActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

type Row = Awaited<ReturnType<typeof exportTrail>>[number]

/**
 * What billing has of a person and of their own workspace, for themselves: no key, no hash, and
 * no one else. A team's belongs to the team. That it was asked for is on record.
 */
export async function exportPerson({ id: userId }: UserActor) {
  const workspaceId = personalWorkspaceOf(userId)
  const actor: UserActor = { type: 'user', id: userId, workspaceId }
  await inTransaction((tx) =>
    recordAudit(tx, actor, { scope: `user:${userId}`, action: 'person.export' }),
  )
  const customers = await listCustomersOf(workspaceId)
  const ids = customers.filter((each) => each.workspaceId === workspaceId).map(({ id }) => id)
  const [person, workspace, bought, trail] = await Promise.all([
    exportUser(userId),
    exportWorkspace(workspaceId),
    exportBought(ids),
    listOwnScopes(workspaceId, userId).then(exportTrail),
  ])
  const activity = trail.map((row) => entryOf(row, actor))
  return { ...person, customers: ids, ...bought, ...workspace, activity }
}

function entryOf({ at, actor, action, before, after }: Row, { id }: UserActor) {
  const by = actor.type === 'user' && actor.id !== id ? 'someone_else' : actor.type
  // What an operator wrote about someone is theirs, as their name is.
  const details = action.startsWith('override.') ? {} : { before, after }
  return { at, action, by, ...details }
}

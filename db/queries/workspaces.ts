import { and, asc, eq, ne, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Transaction } from '@/db/client'
import { type MemberRole, memberships, workspaces } from '@/db/schema/workspaces'
import type { UserId, WorkspaceId } from '@/lib/ids'

export type Workspace = typeof workspaces.$inferSelect

/** The workspace with this id. */
export async function findWorkspace(id: WorkspaceId): Promise<Workspace | null> {
  const [row] = await db().select().from(workspaces).where(eq(workspaces.id, id))
  return row ?? null
}

/** What a user may do in a workspace; null: they are no member of it. */
export async function findRole(
  workspaceId: WorkspaceId,
  userId: UserId,
): Promise<MemberRole | null> {
  const [row] = await db()
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)))
  return row?.role ?? null
}

/** Makes a workspace with its first owner. */
export async function insertWorkspace(
  tx: Transaction,
  workspace: Pick<Workspace, 'id' | 'kind' | 'name'>,
  owner: UserId,
): Promise<void> {
  await tx.insert(workspaces).values(workspace)
  await tx.insert(memberships).values({ workspaceId: workspace.id, userId: owner, role: 'owner' })
}

/** The teams of which a user is the only owner. */
export async function listSoleOwned(userId: UserId): Promise<WorkspaceId[]> {
  const other = alias(memberships, 'other')
  const owners = db()
    .select({ one: sql`1` })
    .from(other)
    .where(
      and(
        eq(other.workspaceId, memberships.workspaceId),
        eq(other.role, 'owner'),
        ne(other.userId, userId),
      ),
    )
  const rows = await db()
    .select({ id: memberships.workspaceId })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.role, 'owner'),
        eq(workspaces.kind, 'team'),
        notExists(owners),
      ),
    )
    .orderBy(asc(memberships.createdAt))
  return rows.map(({ id }) => id)
}

import { listKeys } from '@/db/queries/api-keys'
import type { WorkspaceId } from '@/lib/ids'

export type ListedApiKey = Omit<Awaited<ReturnType<typeof listKeys>>[number], 'isLiving'> & {
  state: 'living' | 'expired' | 'revoked'
}

/** The keys of a workspace, those that open something first; the newest of each first. */
export async function listApiKeys(workspaceId: WorkspaceId): Promise<ListedApiKey[]> {
  const keys = (await listKeys(workspaceId)).map(({ isLiving, ...key }) => ({
    ...key,
    state: stateOf(key.revokedAt, isLiving),
  }))
  return keys.toSorted((a, b) => Number(b.state === 'living') - Number(a.state === 'living'))
}

function stateOf(revokedAt: Date | null, isLiving: boolean): ListedApiKey['state'] {
  if (isLiving) return 'living'
  return revokedAt ? 'revoked' : 'expired'
}

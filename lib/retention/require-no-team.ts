import { listSoleOwned } from '@/db/queries/workspaces'
import { Conflict } from '@/lib/errors'
import type { UserId } from '@/lib/ids'

/**
 * Makes sure that no team is left without an owner: no user could read what is billed to it any more.
 * @throws {Conflict} with the team that needs another owner first
 */
export async function requireNoTeam(userId: UserId): Promise<void> {
  const [team] = await listSoleOwned(userId)
  if (!team) return
  throw new Conflict({
    internal: `They are the only owner of the team ${team}. Make another member an owner of it first.`,
  })
}

import { listAudit } from '@/db/queries/audit'
import type { visitor } from './people'

type Person = Awaited<ReturnType<typeof visitor>>

/** What the audit trail of a person and of their workspace says was done. */
export async function trailOf({ userId, workspaceId }: Person): Promise<string[]> {
  const rows = [
    ...(await listAudit(`user:${userId}`)),
    ...(await listAudit(`workspace:${workspaceId}`)),
  ]
  return rows.map(({ action }) => action)
}

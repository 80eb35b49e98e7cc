import { keyRoute } from '@/app/api/caller-route'
import { PATIENCE } from '@/lib/deadline'
import type { WorkspaceId } from '@/lib/ids'

declare function recentExports(workspaceId: WorkspaceId): Promise<string[]>

export const GET = keyRoute(PATIENCE.person, async ({ workspaceId }) =>
  Response.json(await recentExports(workspaceId)),
)

import { search } from '@/lib/console/search'
import { Invalid } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'

/**
 * The one workspace that is meant, as the console's field finds it.
 * @throws {Invalid} there is none, or there are several
 */
export async function findOne(whom: string): Promise<WorkspaceId> {
  const found = await search(whom, READER)
  if (found.kind === 'customer') return found.workspaceId
  if (found.kind === 'event')
    throw new Invalid({ internal: `${found.id} is an event: ask replay_dry_run about it.` })
  const several = found.customers.map(({ workspaceId }) => workspaceId)
  throw new Invalid({
    internal: found.remark ?? `Several are called that. Name one: ${several.join(', ')}`,
  })
}

// In whose name reads of Stripe are counted, as often as one person may have it asked.
const READER = { id: 'mcp' }

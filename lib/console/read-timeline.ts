import { markOf, type RowMark } from '@/db/queries/audit-page'
import { findAddresses, listTold, listTrail } from '@/db/queries/console-customer'
import type { CustomerId, UserId, WorkspaceId } from '@/lib/ids'
import { type Act, type Topic, timelineOf } from './timeline'

// One page of it: what fits on a few screens. Each row can stand for several events.
const ROWS = 120
const EVENTS = 400

export type { RowMark }

export type Timeline = {
  acts: Act[]
  /** Who did what, by address, those of them who are still here. */
  names: Map<string, string>
  /** The last row of these, after which older ones come; null where there are none. */
  older: RowMark | null
}

/**
 * What happened about a workspace, the newest first: its own chain, those of its customers, and of its people
 * where it is one person's.
 */
export async function readTimeline(
  given: {
    workspaceId: WorkspaceId
    customerIds: readonly CustomerId[]
    userIds: readonly UserId[]
  },
  { before, topic }: { before: RowMark | null; topic: Topic | null },
): Promise<Timeline> {
  const { workspaceId, customerIds, userIds } = given
  const scopes = [
    ...customerIds,
    `workspace:${workspaceId}`,
    ...userIds.map((userId) => `user:${userId}`),
  ]
  const rows = await listTrail(scopes, { before, limit: ROWS + 1 })
  const page = rows.slice(0, ROWS)
  const last = rows.length > ROWS ? page.at(-1) : undefined
  const oldest = last ? markOf(last) : null
  const events = customerIds.length
    ? await listTold(customerIds, {
        since: oldest?.at ?? null,
        before: before?.at ?? null,
        limit: EVENTS,
      })
    : []
  const acts = timelineOf(page, events)
  const people = page.flatMap(({ actor }) =>
    actor.type === 'user' || actor.type === 'operator' ? [actor.id] : [],
  )
  return {
    acts: topic ? acts.filter(({ topics }) => topics.includes(topic)) : acts,
    names: await findAddresses([...new Set(people)]),
    older: oldest,
  }
}

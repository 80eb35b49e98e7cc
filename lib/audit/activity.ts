import { type ActivityKey, listActivity, listOwnScopes } from '@/db/queries/activity'
import type { AuditAction } from '@/lib/audit-action'
import type { FactEvent } from '@/lib/events/handlers'
import type { AnnouncedKind, NotificationKind } from '@/lib/events/notifications'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import type { Actor, UserActor } from './actor'

/** Everything that can stand in the trail as what was done: our verbs, and the kinds of facts. */
export type ActivityKind = AuditAction | FactEvent | Exclude<NotificationKind, AnnouncedKind>

/**
 * Who did something, without a name. `support`: an operator of this application. `member`: another person of
 * the workspace. `program`: one with an API key. `automatic`: a job of ours.
 */
export type Who = 'you' | 'member' | 'support' | 'program' | 'stripe' | 'automatic'

export type Activity = {
  key: string
  at: Date
  action: string
  who: Who
  after: Record<string, unknown> | null
}

// Rows of a page: about what fits on two screens.
const PAGE = 25

/**
 * What was done for the workspace that a person acts for, newest first; of their own workspace also how they
 * sign in. `hidden` is left out. `before`: the key of the last one of the page before; one that is not
 * theirs begins at the top.
 */
export async function readActivity(
  actor: UserActor,
  { before, hidden }: { before: unknown; hidden: readonly ActivityKind[] },
): Promise<{ activity: Activity[]; next: string | null }> {
  const { id, workspaceId } = actor
  const isOwn = personalWorkspaceOf(id) === workspaceId
  const scopes = await listOwnScopes(workspaceId, isOwn ? id : null)
  const rows = await listActivity(scopes, {
    before: readKey(before),
    without: [...hidden],
    limit: PAGE + 1,
  })
  const shown = rows.slice(0, PAGE).map(({ actor: by, at, action, after, ...key }) => ({
    ...{ key: keyText(key), at, action, after },
    who: whoOf(by, actor),
  }))
  return { activity: shown, next: rows.length > PAGE ? (shown.at(-1)?.key ?? null) : null }
}

function keyText({ scope, n }: ActivityKey): string {
  return `${scope}:${n}`
}

function readKey(text: unknown): ActivityKey | null {
  const [, scope, n] = (typeof text === 'string' && /^(.{1,300}):(\d{1,15})$/.exec(text)) || []
  return scope && n ? { scope, n: Number(n) } : null
}

function whoOf(by: Actor, viewer: UserActor): Who {
  switch (by.type) {
    case 'user':
      if (by.id === viewer.id) return 'you'
      // Who acts for another workspace, and is on record here, is someone who runs this application.
      return by.workspaceId === viewer.workspaceId ? 'member' : 'support'
    case 'operator':
      return 'support'
    case 'api_key':
      return 'program'
    case 'stripe':
      return 'stripe'
    case 'system':
      // A command says by whom it was run.
      return by.job.includes(' by ') ? 'support' : 'automatic'
  }
}

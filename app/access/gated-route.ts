import 'server-only'
import { apiRoute } from '@/app/api/api-route'
import { requireOwnOrigin } from '@/app/own-origin'
import type { UserActor } from '@/lib/audit/actor'
import { requireUser } from '@/lib/auth/session'
import type { Feature } from '@/lib/catalog/features'
import type { Patience } from '@/lib/deadline'
import { requireFeature } from '@/lib/entitlements/require-feature'

/**
 * A route that only a workspace with a feature may call, by its session. Without the feature it answers 402
 * and which plan has it, or 403 where no payment would help. What may change something is for our own pages
 * alone: 403 for any other, as `action` refuses it.
 */
export function gatedRoute<Given extends unknown[]>(
  feature: Feature,
  patience: Patience,
  handle: (actor: UserActor, ...given: Given) => Promise<Response>,
): (...given: Given) => Promise<Response> {
  return apiRoute(patience, async (...given: Given) => {
    const { actor } = await requireUser()
    if (!onlyReads(given[0])) await requireOwnOrigin()
    await requireFeature(actor.workspaceId, feature)
    return handle(actor, ...given)
  })
}

// Next gives every handler its request first. Any method not known to be read-only may change something.
function onlyReads(request: unknown): boolean {
  return request instanceof Request && ['GET', 'HEAD'].includes(request.method)
}
